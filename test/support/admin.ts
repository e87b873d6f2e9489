// The superuser's way to a test's database, past row-level security: for looking, and for what no role may do.
import pg from 'pg'

/** The connections that services keep, as opening one costs more than most of what is said over it. */
const kept = new Map<string, pg.Client>()

/** Keeps one connection open for all that `asAdmin` is asked of this database, until it is ended. */
export async function keepAdmin(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl })
  const forget = () => kept.delete(adminUrl)
  client.on('error', forget)
  client.on('end', forget)
  await client.connect()
  kept.set(adminUrl, client)
  return client
}

/** Runs a statement as the superuser. */
export async function asAdmin(
  adminUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const open = kept.get(adminUrl)
  if (open !== undefined) return (await open.query(sql, values)).rows
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
