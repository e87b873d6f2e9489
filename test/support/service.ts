// A whole service for one test file: its own database cloned from the migrated template, the application's own role,
// real API keys. Every answer that goes through `request` is held against the OpenAPI document.
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { createApp } from '../../src/app.ts'
import { makeApiKey } from '../../src/http/core/credentials/api-key.ts'
import type { CredentialCheck } from '../../src/http/core/credentials/caller.ts'
import { SCOPES, type Scope } from '../../src/http/core/credentials/scopes.ts'
import { createLogger } from '../../src/logger.ts'
import { checkpointSigner } from '../../src/operations/log/sign-checkpoints.ts'
import { type Threads, workThreads } from '../../src/operations/worker/threads.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { startSequencer } from '../../src/store/sequencer.ts'
import { asAdmin, keepAdmin } from './admin.ts'
import { example } from './examples.ts'
import { TEST_LOG_KEY } from './log-key.ts'
import { checkAgainstOpenApi } from './openapi-check.ts'
import { cloneTemplate } from './template-database.ts'

export { intake } from './examples.ts'
export { asAdmin, example }

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
  /** Where the service listens, from the first time that this is asked. */
  address(): Promise<URL>
  /** Makes an authority; `sampled` publishes the sample questionnaires and tables in it. */
  authority(id: string, options?: { sampled?: boolean }): Promise<TestAuthority>
  /** Waits until every committed event has its index in the log, and is under a checkpoint. */
  sequenced(): Promise<void>
  /** Ends it before its test does. */
  stop(): Promise<void>
}

export type TestAuthority = {
  readonly id: string
  /** Authorization headers of subjects with every scope. */
  readonly author: Record<string, string>
  readonly publisher: Record<string, string>
  /** A further key: another subject, client or fewer scopes. */
  key(options: { scopes?: readonly Scope[]; subject?: string; client?: string }): Promise<string>
}

export type ServiceOptions = {
  readonly credentialChecks?: readonly CredentialCheck[]
  readonly publicEstimatesPerMinute?: number
  readonly uploadsAtOnce?: number
  /** A minute where nothing is said: the machine that tests run on does much else. */
  readonly answerWithinMs?: number
  /** Without it, events are in the log when a test asks for it. */
  readonly sequencer?: boolean
}

export async function startService(t: Test, options: ServiceOptions = {}): Promise<TestService> {
  const cloned = await cloneTemplate()
  const admin = await keepAdmin(cloned.adminUrl)
  const database = openDatabase({ url: cloned.applicationUrl, poolSize: 16, onIdleError: () => {} })
  const logged: string[] = []
  const threads = workThreads()
  const app = await createApp({
    database,
    threads,
    logger: createLogger('info', { write: (line) => void logged.push(line) }),
    logKey: TEST_LOG_KEY,
    release: 'test',
    credentialChecks: options.credentialChecks ?? [],
    uploadsAtOnce: options.uploadsAtOnce ?? 8,
    answerWithinMs: options.answerWithinMs ?? 60_000,
    publicEstimatesPerMinute: options.publicEstimatesPerMinute ?? 1_000_000,
    refusalsPerMinute: 1_000_000,
    trustProxy: 0,
    stopping: () => false,
  })
  await app.ready()
  const signer = checkpointSigner(database, TEST_LOG_KEY, (error) => t.fail(String(error)))
  const sequencer =
    options.sequencer === false
      ? null
      : startSequencer(database, signer.sign, (error) => t.fail(String(error)))
  const end = async () => {
    await sequencer?.stop()
    await app.close()
    await threads.close()
    await database.close()
    await admin.end()
  }
  let ended: Promise<void> | undefined
  const stop = () => {
    ended ??= end()
    return ended
  }
  t.teardown(stop)

  let listening: Promise<string> | undefined
  const service: TestService = {
    app,
    database,
    threads,
    ...cloned,
    logged,
    stop,
    async request(request) {
      const response = await app.inject(request)
      checkAgainstOpenApi(app, request, response)
      return response
    },
    async address() {
      listening ??= app.listen({ host: '127.0.0.1', port: 0 })
      return new URL(await listening)
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
      await signer.sign()
    },
  }
  return service
}

async function makeAuthority(adminUrl: string, id: string): Promise<TestAuthority> {
  const at = new Date()
  await asAdmin(
    adminUrl,
    `insert into openras.authority (authority_id, revision, title, challenge_route, recorded_at)
     values ($1, 1, $2, $3, $4)`,
    [id, `${id} Council`, `Write to the complaints officer of ${id}.`, at],
  )
  const key = async ({
    scopes = SCOPES,
    subject = 'someone',
    client = 'case-management',
  }: Parameters<TestAuthority['key']>[0]) => {
    const made = makeApiKey(id)
    await asAdmin(
      adminUrl,
      `with client as (
         insert into openras.client (authority_id, client_id, title, recorded_at) values ($1, $2, $2, $3)
         on conflict do nothing
       ), subject as (
         insert into openras.subject (authority_id, subject_id, kind, recorded_at) values ($1, $4, 'person', $3)
         on conflict do nothing
       )
       insert into openras.api_key (authority_id, key_id, client_id, subject_id, scopes, secret_hash, expires_at, recorded_at)
       values ($1, $5, $2, $4, $6, $7, null, $3)`,
      [id, client, at, subject, made.keyId, [...scopes], made.secretHash],
    )
    return made.text
  }
  const bearer = async (subject: string) => ({ authorization: `Bearer ${await key({ subject })}` })
  return { id, author: await bearer('author'), publisher: await bearer('publisher'), key }
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
  const { key, version, warnings } = drafted.json<Drafted>()
  const address = `/v1/${path}/${key}/versions/${version}`
  const published = await service.request({
    method: 'POST',
    url: `${address}/publication`,
    headers: {
      ...authority.publisher,
      'idempotency-key': randomUUID(),
      'if-match': String(drafted.headers.etag),
    },
    payload: acknowledging({ warnings }),
  })
  if (published.statusCode !== 201) throw new Error(`publication refused: ${published.body}`)
  return address
}

type Drafted = { readonly key: string; readonly version: number; readonly warnings: Warned }
type Warned = readonly { readonly code: string }[]

/** What a publisher sends who has seen the warnings of a draft. */
export function acknowledging({ warnings }: { readonly warnings: Warned }): object {
  return warnings.length === 0 ? {} : { acknowledges: [...new Set(warnings.map(({ code }) => code))] }
}

export async function publishSamples(service: TestService, authority: TestAuthority): Promise<void> {
  for (const name of ['adult', 'carer'])
    await publish(service, authority, 'questionnaires', example(`questionnaire-${name}`))
  for (const name of ['adult', 'carer'])
    await publish(service, authority, 'calibration-tables', example(`table-${name}`))
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
