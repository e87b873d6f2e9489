// The measurements' own PostgreSQL: durable settings as in production, migrated, with one authority, its samples and
// an API key. Two databases on one server, so that an empty and a filled one can be measured in turns.
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createApp } from '../../src/app.ts'
import { prepareDemonstration } from '../../src/demonstration.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { makeApiKey } from '../../src/http/core/credentials/api-key.ts'
import {
  DEMONSTRATION_AUTHORITY,
  demonstrationCheck,
} from '../../src/http/core/credentials/demonstration-keys.ts'
import { SCOPES } from '../../src/http/core/credentials/scopes.ts'
import { createLogger } from '../../src/logger.ts'
import { workThreads } from '../../src/operations/worker/threads.ts'
import { openDatabase } from '../../src/store/database.ts'
import { ensureLoginRole } from '../../src/store/login-role.ts'
import { migrate } from '../../src/store/migrations.ts'
import { asOwner, createApiKey, createClient, createSubject } from '../../src/store/registration.ts'
import { TEST_LOG_KEY } from '../../test/support/log-key.ts'

export const AUTHORITY = DEMONSTRATION_AUTHORITY
export const CLIENT = 'bench'

export type BenchServer = {
  readonly empty: BenchDatabase
  readonly filled: BenchDatabase
  /** The API key of the load; the same in both. */
  readonly apiKey: string
  /** PostgreSQL's first process, the parent of all its others. */
  readonly pid: number
  stop(): Promise<void>
}

export type BenchDatabase = { readonly adminUrl: string; readonly applicationUrl: string }

export async function startBenchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'openras-bench-'))
  // The server may run as an unprivileged user, who must be able to reach its data.
  await chmod(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => {}, warn: console.error } })
  const stop = async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const password = randomBytes(24).toString('base64url')
    const named = (name: string) => ({
      adminUrl: withPath(postgres.adminUrl, name),
      applicationUrl: withLogin(withPath(postgres.adminUrl, name), 'openras_bench', password),
    })
    const [empty, filled] = [named('empty'), named('filled')]
    await onServer(postgres.adminUrl, 'create database empty')
    const apiKey = await furnish(empty)
    await onServer(postgres.adminUrl, 'create database filled template empty')
    const [pid] = (await readFile(join(postgres.dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')
    return { empty, filled, apiKey, pid: Number(pid), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function furnish({ adminUrl, applicationUrl }: BenchDatabase): Promise<string> {
  await migrate(adminUrl)
  await ensureLoginRole(adminUrl, applicationUrl)
  const database = openDatabase({ url: applicationUrl, poolSize: 2, onIdleError: console.error })
  const app = await createApp({
    database,
    threads: workThreads(),
    logger: createLogger('silent'),
    logKey: TEST_LOG_KEY,
    release: 'bench',
    credentialChecks: [demonstrationCheck],
    publicEstimatesPerMinute: 1,
    uploadsAtOnce: 2,
    refusalsPerMinute: 20,
    trustProxy: 0,
    stopping: () => false,
  })
  await prepareDemonstration(app, database, adminUrl)
  await app.close()
  await database.close()
  await makeBareTables(adminUrl)
  return makeKey(adminUrl)
}

async function makeKey(adminUrl: string): Promise<string> {
  const key = makeApiKey(AUTHORITY)
  const [clientId, subjectId, authorityId, at] = [CLIENT, 'load', AUTHORITY, new Date()]
  await asOwner(adminUrl, AUTHORITY, async (trx) => {
    await createClient(trx, { authorityId, clientId, title: 'Bench' }, at)
    await createSubject(trx, { authorityId, subjectId, kind: 'system' }, at)
    const { keyId, secretHash } = key
    await createApiKey(
      trx,
      { authorityId, keyId, secretHash, clientId, subjectId, scopes: SCOPES, expiresAt: null },
      at,
    )
  })
  return key.text
}

// What the bare routes insert into and read from: one plain table each, with a key and nothing else.
async function makeBareTables(adminUrl: string): Promise<void> {
  await onServer(
    adminUrl,
    `create schema bare;
     create table bare.written (id uuid primary key, envelope text not null, body text not null);
     create table bare.read (id uuid primary key, body text not null);
     grant usage on schema bare to openras_app;
     grant select, insert on all tables in schema bare to openras_app`,
  )
}

/** Runs statements as the superuser, past row-level security. */
export async function onServer(
  adminUrl: string,
  text: string,
  values?: unknown[],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

function withPath(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
