// The database of a start without DATABASE_URL: a real PostgreSQL in the data folder, migrated, with the same roles
// and the same row-level security as any other.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { startEmbeddedPostgres } from './embedded/postgres.ts'
import { ensureLoginRole } from './store/login-role.ts'
import { migrate } from './store/migrations.ts'

export type EmbeddedDatabase = {
  readonly adminUrl: string
  /** The application's own role, with a password made for this start. */
  readonly applicationUrl: string
  stop(): Promise<void>
}

export async function openEmbeddedDatabase(dataDir: string, log: Logger): Promise<EmbeddedDatabase> {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: { info: (m) => log.info(m), warn: (m) => log.warn(m) },
  })
  try {
    const adminUrl = postgres.adminUrl
    const applicationUrl = withLogin(adminUrl, 'openras', randomBytes(24).toString('base64url'))
    for (const name of await migrate(adminUrl)) log.info(`Migrated: ${name}`)
    await ensureLoginRole(adminUrl, applicationUrl)
    return { adminUrl, applicationUrl, stop: () => postgres.stop() }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
