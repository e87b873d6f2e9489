// Plain connections for trust tests, which must be able to say what the service never would.
import pg from 'pg'
import type { Test } from 'tap'

/** A connection that closes with the test. With an authority, every statement is that authority's. */
export async function connect(t: Test, url: string, authority?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  t.teardown(() => client.end().catch(() => {}))
  if (authority !== undefined) await actFor(client, authority)
  return client
}

export async function actFor(client: pg.Client, authority: string): Promise<void> {
  await client.query("select set_config('openras.authority_id', $1, false)", [authority])
}

/** What became of a statement: PostgreSQL's code of the refusal, or how many rows it touched. */
export async function outcomeOf(client: pg.Client, text: string, values: unknown[] = []): Promise<string> {
  try {
    const { rowCount } = await client.query(text, values)
    return `done: ${rowCount ?? 0} rows`
  } catch (error) {
    return error instanceof pg.DatabaseError ? `refused ${error.code}` : `broken: ${(error as Error).message}`
  }
}

export const FORBIDDEN = 'refused 42501'
