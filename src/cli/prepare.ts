// Brings the database to this release's schema and makes the role that the service logs in with.
import { readConfig } from '../config.ts'
import { ensureLoginRole } from '../store/login-role.ts'
import { migrate } from '../store/migrations.ts'
import { CommandRefused } from '../store/registration.ts'
import { type ExitCode, exitCodeOf, type Io } from './exit-code.ts'

export function prepare(io: Io): Promise<ExitCode> {
  return exitCodeOf(io, () => bringUp(io))
}

async function bringUp({ env, print }: Io): Promise<void> {
  const { migrationDatabaseUrl, databaseUrl } = readConfig(env)
  if (migrationDatabaseUrl === null) {
    throw new CommandRefused(
      'MIGRATION_DATABASE_URL is not set. Set it to postgres://name:password@host:port/database of a role that may create roles and schemas.',
    )
  }
  if (databaseUrl !== null) checkServingRole(migrationDatabaseUrl, databaseUrl)
  const applied = await migrate(migrationDatabaseUrl)
  for (const name of applied) print(`applied ${name}`)
  if (applied.length === 0) print('schema is up to date')
  if (databaseUrl === null) return
  const role = await ensureLoginRole(migrationDatabaseUrl, databaseUrl)
  print(`login role ${role} is ready, a member of openras_app`)
}

// Looked at before anything is changed. The service refuses to run as the role that may change the schema, so making
// that one a member would only mislead.
function checkServingRole(migrationUrl: string, applicationUrl: string): void {
  const [migrating, serving] = [new URL(migrationUrl).username, new URL(applicationUrl).username]
  decodeURIComponent(new URL(applicationUrl).password)
  if (serving === '')
    throw new CommandRefused(
      'DATABASE_URL names no role. Expected postgres://name:password@host:port/database.',
    )
  if (decodeURIComponent(serving) === decodeURIComponent(migrating)) {
    throw new CommandRefused(
      `DATABASE_URL and MIGRATION_DATABASE_URL both name the role ${decodeURIComponent(serving)}. Give the service a role of its own in DATABASE_URL; this command creates it.`,
    )
  }
}
