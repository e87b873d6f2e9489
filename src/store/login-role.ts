// The role the service logs in with: a member of openras_app and nothing more. Made by the migrate command from
// the name and password in DATABASE_URL, so that an operator states them once.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'

const CONNECT_MS = 5_000

/** Creates the login role of `applicationUrl`, or sets its password; `migrationUrl` is the migrating role's. */
export async function ensureLoginRole(migrationUrl: string, applicationUrl: string): Promise<string> {
  const { username, password } = new URL(applicationUrl)
  const name = decodeURIComponent(username)
  const client = new pg.Client({ connectionString: migrationUrl, connectionTimeoutMillis: CONNECT_MS })
  await client.connect()
  try {
    const role = pg.escapeIdentifier(name)
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
    if (rowCount === 0) {
      await client.query(`create role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb`)
    }
    if (password !== '') {
      const verifier = scramVerifier(decodeURIComponent(password), randomBytes(16))
      await client.query(`alter role ${role} password ${pg.escapeLiteral(verifier)}`)
    }
    await client.query(`grant openras_app to ${role}`)
    return name
  } finally {
    await client.end()
  }
}

const ITERATIONS = 4096

/** What PostgreSQL stores of a password (RFC 5803). Made here, so that no server log can hold the password itself. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  const server = key('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`
}
