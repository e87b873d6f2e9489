// The superuser's own look at a database, without the program.
import pg from 'pg'

/** Runs a statement as the superuser, past row-level security: for looking, and for what no role may do. */
export async function asAdmin(
  adminUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
