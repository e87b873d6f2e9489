// A whole service for one test file: its own database cloned from the migrated template, the application's own role,
// real API keys. Every answer that goes through `request` is held against the OpenAPI document.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import type { Test } from 'tap'
import { createApp } from '../../src/app.ts'
import { makeApiKey } from '../../src/http/core/credentials/api-key.ts'
import type { CredentialCheck } from '../../src/http/core/credentials/caller.ts'
import { SCOPES, type Scope } from '../../src/http/core/credentials/scopes.ts'
import { createLogger } from '../../src/logger.ts'
import { type Threads, workThreads } from '../../src/operations/worker/threads.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { asOwner } from '../../src/store/registration.ts'
import { startSequencer } from '../../src/store/sequencer.ts'
import { checkAgainstOpenApi } from './openapi-check.ts'
import { cloneTemplate, dropDatabase } from './template-database.ts'

export type TestService = {
  readonly app: FastifyInstance
  readonly database: Database
  readonly threads: Threads
  /** The superuser's connection to this file's database, for looking behind the service. */
  readonly adminUrl: string
  /** The application's own connection. */
  readonly applicationUrl: string
  /** Everything the service has logged, one JSON text a line. */
  readonly logged: string[]
  /** Sends a request and checks the answer against the OpenAPI document. */
  request(options: InjectOptions): Promise<LightMyRequestResponse>
  /** Makes an authority; `sampled` publishes the sample questionnaires and tables in it. */
  authority(id: string, options?: { sampled?: boolean }): Promise<TestAuthority>
  /** Waits until every committed event has its index in the log. */
  sequenced(): Promise<void>
}

export type TestAuthority = {
  readonly id: string
  /** Authorization headers of subjects with every scope. */
  readonly author: Record<string, string>
  readonly publisher: Record<string, string>
  /** A further key: another subject, client or fewer scopes. */
  key(options: { scopes?: readonly Scope[]; subject?: string; client?: string }): Promise<string>
}

export async function startService(
  t: Test,
  options: {
    credentialChecks?: readonly CredentialCheck[]
    publicEstimatesPerMinute?: number
    uploadsAtOnce?: number
    sequencer?: boolean
  } = {},
): Promise<TestService> {
  const cloned = await cloneTemplate()
  const database = openDatabase({ url: cloned.applicationUrl, poolSize: 16, onIdleError: () => {} })
  const logged: string[] = []
  const threads = workThreads()
  const app = await createApp({
    database,
    threads,
    logger: createLogger('info', { write: (line) => void logged.push(line) }),
    release: 'test',
    credentialChecks: options.credentialChecks ?? [],
    publicEstimatesPerMinute: options.publicEstimatesPerMinute ?? 10_000,
    uploadsAtOnce: options.uploadsAtOnce ?? 8,
    trustProxy: false,
    stopping: () => false,
  })
  await app.ready()
  const sequencer =
    options.sequencer === false ? null : startSequencer(database, (error) => t.fail(String(error)))
  t.teardown(async () => {
    await sequencer?.stop()
    await app.close()
    await threads.close()
    await database.close()
    await dropDatabase(cloned)
  })

  const service: TestService = {
    app,
    database,
    threads,
    ...cloned,
    logged,
    async request(request) {
      const response = await app.inject(request)
      checkAgainstOpenApi(app, request, response)
      return response
    },
    async authority(id, { sampled = false } = {}) {
      const authority = await makeAuthority(cloned.adminUrl, id)
      if (sampled) await publishSamples(service, authority)
      return authority
    },
    async sequenced() {
      while ((await database.sequenceEvents(20_000)) > 0);
      const [waiting] = await asAdmin(
        cloned.adminUrl,
        'select count(*)::int as n from openras.event e where not exists (select from openras.log_entry l where l.event_id = e.event_id)',
      )
      if (waiting?.n !== 0) return service.sequenced()
    },
  }
  return service
}

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

async function makeAuthority(adminUrl: string, id: string): Promise<TestAuthority> {
  const at = new Date()
  await asOwner(adminUrl, id, async (trx) => {
    await trx
      .insertInto('openras.authority')
      .values({
        authority_id: id,
        revision: 1,
        title: `${id} Council`,
        challenge_route: `Write to the complaints officer of ${id}.`,
        recorded_at: at,
      })
      .execute()
  })
  const key = async ({
    scopes = SCOPES,
    subject = 'someone',
    client = 'case-management',
  }: Parameters<TestAuthority['key']>[0]) => {
    const made = makeApiKey(id)
    await asOwner(adminUrl, id, async (trx) => {
      await trx
        .insertInto('openras.client')
        .values({ authority_id: id, client_id: client, title: client, recorded_at: at })
        .onConflict((c) => c.doNothing())
        .execute()
      await trx
        .insertInto('openras.subject')
        .values({ authority_id: id, subject_id: subject, kind: 'person', recorded_at: at })
        .onConflict((c) => c.doNothing())
        .execute()
      await trx
        .insertInto('openras.api_key')
        .values({
          authority_id: id,
          key_id: made.keyId,
          client_id: client,
          subject_id: subject,
          scopes: [...scopes],
          secret_hash: made.secretHash,
          expires_at: null,
          recorded_at: at,
        })
        .execute()
    })
    return made.text
  }
  const bearer = async (subject: string) => ({ authorization: `Bearer ${await key({ subject })}` })
  return { id, author: await bearer('author'), publisher: await bearer('publisher'), key }
}

/** Reads an example that the project ships, as a fresh object. */
export function example<T = Record<string, unknown>>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), 'utf8'))
}

/** Drafts and publishes a document; returns its address. */
export async function publish(
  service: TestService,
  authority: TestAuthority,
  path: string,
  document: object,
): Promise<string> {
  const drafted = await service.request({
    method: 'POST',
    url: `/v1/${path}`,
    headers: { ...authority.author, 'idempotency-key': randomUUID() },
    payload: document,
  })
  if (drafted.statusCode !== 201) throw new Error(`draft refused: ${drafted.body}`)
  const { key, version } = drafted.json<{ key: string; version: number }>()
  const address = `/v1/${path}/${key}/versions/${version}`
  const published = await service.request({
    method: 'POST',
    url: `${address}/publication`,
    headers: {
      ...authority.publisher,
      'idempotency-key': randomUUID(),
      'if-match': String(drafted.headers.etag),
    },
    payload: {},
  })
  if (published.statusCode !== 201) throw new Error(`publication refused: ${published.body}`)
  return address
}

export async function publishSamples(service: TestService, authority: TestAuthority): Promise<void> {
  for (const name of ['adult', 'carer'])
    await publish(service, authority, 'questionnaires', example(`questionnaire-${name}`))
  for (const name of ['adult', 'carer'])
    await publish(service, authority, 'calibration-tables', example(`table-${name}`))
}

let counter = 0

/** A valid intake: the example assessment under a reference of its own, changed as asked. */
export function intake(changes: Record<string, unknown> = {}): Record<string, unknown> {
  counter += 1
  return { ...example('assessment'), assessmentRef: `A-${counter}`, ...changes }
}

/** Sends an assessment under an Idempotency-Key of its own. */
export function record(
  service: TestService,
  authority: TestAuthority,
  payload: object,
  key: string = randomUUID(),
) {
  return service.request({
    method: 'POST',
    url: '/v1/assessments',
    headers: { ...authority.author, 'idempotency-key': key },
    payload,
  })
}
