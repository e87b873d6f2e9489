// `npm run migrate`: brings the database to this release's schema and makes the role that the service logs in with.
import { readConfig } from '../config.ts'
import { ensureLoginRole } from '../store/login-role.ts'
import { migrate } from '../store/migrations.ts'
import { Refusal } from '../store/registration.ts'
import { reportFailure } from './failure.ts'

async function main(): Promise<void> {
  const { migrationDatabaseUrl, databaseUrl } = readConfig()
  if (migrationDatabaseUrl === null) {
    throw new Refusal(
      'MIGRATION_DATABASE_URL is not set. Set it to postgres://name:password@host:port/database of a role that may create roles and schemas.',
    )
  }
  if (databaseUrl !== null) checkServingRole(migrationDatabaseUrl, databaseUrl)
  const applied = await migrate(migrationDatabaseUrl)
  for (const name of applied) console.log(`applied ${name}`)
  if (applied.length === 0) console.log('schema is up to date')
  if (databaseUrl === null) return
  const role = await ensureLoginRole(migrationDatabaseUrl, databaseUrl)
  console.log(`login role ${role} is ready, a member of openras_app`)
}

// Looked at before anything is changed. The service refuses to run as the role that may change the schema, so making
// that one a member would only mislead.
function checkServingRole(migrationUrl: string, applicationUrl: string): void {
  const [migrating, serving] = [new URL(migrationUrl).username, new URL(applicationUrl).username]
  decodeURIComponent(new URL(applicationUrl).password)
  if (serving === '')
    throw new Refusal('DATABASE_URL names no role. Expected postgres://name:password@host:port/database.')
  if (decodeURIComponent(serving) === decodeURIComponent(migrating)) {
    throw new Refusal(
      `DATABASE_URL and MIGRATION_DATABASE_URL both name the role ${decodeURIComponent(serving)}. Give the service a role of its own in DATABASE_URL; this command creates it.`,
    )
  }
}

try {
  await main()
} catch (error) {
  process.exitCode = reportFailure(error)
}
