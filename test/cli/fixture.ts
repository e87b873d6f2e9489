// A PostgreSQL of the test's own, a migrating role that is no superuser, and the command line: within the process, or in one of its own as operators run it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import root, { type Test } from 'tap'
import type { Io } from '../../src/cli/exit-code.ts'
import { prepare } from '../../src/cli/prepare.ts'
import { openras } from '../../src/cli/register.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { COMPILED } from '../support/compiled.ts'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }
export type Environment = Readonly<Record<string, string>>

/** Runs a command with nothing in its environment but what is given. */
export async function runCli(
  script: 'migrate' | 'openras',
  args: readonly string[],
  env: Environment,
): Promise<Ran> {
  let [out, err] = ['', '']
  const io: Io = {
    env,
    print: (line) => {
      out += `${line}\n`
    },
    note: (line) => {
      err += `${line}\n`
    },
  }
  const code = await (script === 'migrate' ? prepare(io) : openras(args, io))
  return { code, out, err }
}

/** The same as operators run it, in a process of its own. */
export async function spawnCli(
  script: 'migrate' | 'openras',
  args: readonly string[],
  env: Environment,
): Promise<Ran> {
  const path = fileURLToPath(new URL(`../../src/cli/${script}.ts`, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode ?? -1, out, err }
}

/** The rows of the last of the statements. */
export async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const results = [await client.query<Row>(sql)].flat()
    return results.at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}

export type Cluster = {
  readonly adminUrl: string
  /** A role that may create roles and owns the database, as managed services offer. */
  readonly migrationUrl: string
  readonly applicationUrl: string
}

/** The server of the process, which all who ask share; it ends with the tests. */
let server: Promise<string> | undefined

/** A database of its own that a migrating role owns, on a server where nothing was migrated before the first. */
export async function startCluster(database = 'ras'): Promise<Cluster> {
  server ??= startServer()
  const adminUrl = await server
  await query(adminUrl, `create database ${database} owner migrator`)
  const urlOf = (login: readonly [name: string, password: string] | null) => urlFor(adminUrl, database, login)
  return {
    adminUrl: urlOf(null),
    migrationUrl: urlOf(['migrator', 'migrator-secret']),
    applicationUrl: urlOf(['ras service', 'p@ss/w"ör\'d%']),
  }
}

async function startServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openras-cli-'))
  // mkdtemp makes it private, which would move the data of a start by root elsewhere.
  await chmod(folder, 0o755)
  const log = { info: () => {}, warn: () => {} }
  const { adminUrl, stop } = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log })
  root.teardown(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })
  await query(adminUrl, "create role migrator login createrole password 'migrator-secret'")
  return adminUrl
}

function urlFor(
  adminUrl: string,
  database: string,
  login: readonly [name: string, password: string] | null,
): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  if (login !== null)
    [url.username, url.password] = [encodeURIComponent(login[0]), encodeURIComponent(login[1])]
  return url.href
}

/** Holds a run to one line on stderr, nothing on stdout, and its exit code. */
export function isRefused(t: Test, ran: Ran, code: number, words: RegExp): void {
  t.equal(ran.code, code, ran.err)
  t.match(ran.err, words)
  t.equal(ran.err.split('\n').length, 2, 'one line')
  t.equal(ran.out, '')
}
