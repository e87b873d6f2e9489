// The role the service logs in with: a member of openras_app and nothing more. Made by the migrate command from
// the name and password in DATABASE_URL, so that an operator states them once.
import pg from 'pg'

/** Creates the login role of `applicationUrl`, or sets its password; `migrationUrl` is the migrating role's. */
export async function ensureLoginRole(migrationUrl: string, applicationUrl: string): Promise<string> {
  const { username, password } = new URL(applicationUrl)
  const name = decodeURIComponent(username)
  const client = new pg.Client({ connectionString: migrationUrl })
  await client.connect()
  try {
    const role = pg.escapeIdentifier(name)
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
    if (rowCount === 0)
      await client.query(`create role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb`)
    if (password !== '') {
      await client.query(`alter role ${role} password ${pg.escapeLiteral(decodeURIComponent(password))}`)
    }
    await client.query(`grant openras_app to ${role}`)
    return name
  } finally {
    await client.end()
  }
}
