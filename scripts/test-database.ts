// The server that tests run on: a real PostgreSQL with its durable settings, a migrated template, and the
// application's login role. Started by `npm test`, gone when it ends.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { locateBinaries } from '../src/embedded/binaries.ts'
import { ensureCluster } from '../src/embedded/cluster.ts'
import { settleHome } from '../src/embedded/home.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { ensureLoginRole } from '../src/store/login-role.ts'
import { migrate } from '../src/store/migrations.ts'
import { copyFolder } from '../test/support/copy-folder.ts'
import { TEMPLATE, withDatabase } from '../test/support/template-database.ts'

export type TestDatabase = {
  readonly adminUrl: string
  readonly applicationUrl: string
  /** A data folder that was made and never started, to be copied. */
  readonly made: string
  stop(): Promise<void>
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'openras-test-'))
  // The server may run as an unprivileged user, who must be able to reach its data.
  await chmod(dataDir, 0o755)
  const quiet = { info: () => {}, warn: () => {} }
  const made = await madeFolder(dataDir)
  const postgres = await startEmbeddedPostgres({ dataDir, log: quiet })
  const stop = async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
    await rm(made, { recursive: true, force: true })
  }
  try {
    const template = withDatabase(postgres.adminUrl, TEMPLATE)
    await createDatabase(postgres.adminUrl)
    await migrate(template)
    const applicationUrl = applicationUrlOf(postgres.adminUrl)
    await ensureLoginRole(template, applicationUrl)
    return { adminUrl: postgres.adminUrl, applicationUrl, made, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

// Making a cluster takes seconds, and copying it next to nothing.
async function madeFolder(dataDir: string): Promise<string> {
  const wishes = { dataDir, fallbackRoot: '/var/lib/openras', onMove: () => {} }
  const home = await settleHome({ ...wishes, binaries: await locateBinaries() })
  await ensureCluster(home)
  const made = `${dataDir}-made`
  await copyFolder(home.folder, made)
  return made
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
}

function applicationUrlOf(adminUrl: string): string {
  const url = new URL(adminUrl)
  url.username = 'openras_test'
  url.password = 'only-for-tests'
  return url.href
}
