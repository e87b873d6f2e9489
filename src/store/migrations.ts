// The schema's versions: what the files in migrations/ say, and what the database has. Only the migrate command
// and the embedded start ever change a schema; a service merely compares, and refuses one that is not its own.
import { readdir, readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import type { Database } from './database.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)
const BOOKKEEPING_SCHEMA = 'openras_migration'

/** The names of the migrations this release carries, in order. */
export async function migrationNames(): Promise<readonly string[]> {
  const files = await readdir(FOLDER)
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort()
}

/** Brings a database to this release's schema; returns the names of what was applied. `url` is the migrating role's. */
export async function migrate(url: string): Promise<readonly string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: migrationPool(url) }),
  })
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: loadMigrations },
      migrationTableSchema: BOOKKEEPING_SCHEMA,
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    await letApplicationCompare(db)
    return (results ?? [])
      .filter(({ status }) => status === 'Success')
      .map(({ migrationName }) => migrationName)
  } finally {
    await db.destroy()
  }
}

// An operator who names the wrong host is told so in seconds; a connection that breaks while idle ends no process.
function migrationPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => {})
  return pool
}

async function loadMigrations(): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {}
  for (const name of await migrationNames()) {
    const text = await readFile(new URL(`${name}.sql`, FOLDER), 'utf8')
    migrations[name] = { up: (db) => runAsOwner(db, text) }
  }
  return migrations
}

// The tables belong to the owner and not to whoever runs the command. The first migration makes that role itself.
async function runAsOwner(db: Kysely<unknown>, text: string): Promise<void> {
  const { rows } = await sql<{
    made: boolean
  }>`select to_regnamespace('openras') is not null as made`.execute(db)
  if (rows[0]?.made === true) await sql`set local role openras_owner`.execute(db)
  await sql.raw(text).execute(db)
  await sql`reset role`.execute(db)
}

async function letApplicationCompare(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`grant usage on schema ${BOOKKEEPING_SCHEMA} to openras_app`).execute(db)
  await sql.raw(`grant select on ${BOOKKEEPING_SCHEMA}.kysely_migration to openras_app`).execute(db)
}

/** What the database has that this release lacks, and the other way round. */
export type SchemaDifference = { readonly missing: readonly string[]; readonly unknown: readonly string[] }

export async function compareSchema(database: Database): Promise<SchemaDifference> {
  const carried = await migrationNames()
  const table = `${BOOKKEEPING_SCHEMA}.kysely_migration`
  const [found] = await database.inspect<{ there: boolean }>(
    `select to_regclass('${table}') is not null as there`,
  )
  const rows =
    found?.there === true ? await database.inspect<{ name: string }>(`select name from ${table}`) : []
  const applied = rows.map(({ name }) => name)
  return {
    missing: carried.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !carried.includes(name)),
  }
}
