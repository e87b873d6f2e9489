// Asks a starting PostgreSQL whether it takes connections yet.
import pg from 'pg'
import { EmbeddedPostgresError } from './errors.ts'

/** True once a query is answered, false while it is starting; throws when it will never let us in. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, query_timeout: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return false
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL refuses the password in its data folder: the file "password" there belongs to ' +
        'other data. Put the right one back, or start with another folder in DATA_DIR.',
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}
