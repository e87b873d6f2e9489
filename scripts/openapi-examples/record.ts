// Records the examples of the OpenAPI document: the story is told to a whole service on a database of its own.
import type { FastifyInstance, InjectOptions } from 'fastify'
import pino from 'pino'
import { createApp } from '../../src/app.ts'
import {
  DEMONSTRATION_AUTHOR,
  DEMONSTRATION_AUTHORITY,
  DEMONSTRATION_PUBLISHER,
  demonstrationCheck,
} from '../../src/http/core/credentials/demonstration-keys.ts'
import { checkpointSigner } from '../../src/operations/log/sign-checkpoints.ts'
import { startCalibrationRunner } from '../../src/operations/run/runner.ts'
import { workThreads } from '../../src/operations/worker/threads.ts'
import { openDatabase } from '../../src/store/database.ts'
import { asOwner, createAuthority } from '../../src/store/registration.ts'
import { TEST_LOG_KEY } from '../../test/support/log-key.ts'
import { type Ask, type Described, type Exchange, filesOf, type How } from './exchange.ts'
import { tellStory } from './story.ts'

const COUNCIL = {
  authorityId: DEMONSTRATION_AUTHORITY,
  title: 'Example Council',
  challengeRoute: 'Write to the complaints officer of Example Council.',
}

export type Place = { readonly adminUrl: string; readonly applicationUrl: string }

/** The examples by the names of their files. `place`: a migrated database without an authority. */
export async function recordExamples({
  adminUrl,
  applicationUrl,
}: Place): Promise<ReadonlyMap<string, string>> {
  const fail = (error: unknown) => {
    throw error
  }
  const database = openDatabase({ url: applicationUrl, poolSize: 4, onIdleError: fail })
  const threads = workThreads()
  const app = await createApp({
    database,
    threads,
    logger: pino({ level: 'silent' }),
    logKey: TEST_LOG_KEY,
    release: '0.1.0',
    credentialChecks: [demonstrationCheck],
    publicEstimatesPerMinute: 1_000,
    uploadsAtOnce: 2,
    refusalsPerMinute: 20,
    trustProxy: 0,
    stopping: () => false,
  })
  await app.ready()
  const signer = checkpointSigner(database, TEST_LOG_KEY, fail)
  const runner = startCalibrationRunner(database, { threads, onError: fail, tickMs: 50 })
  try {
    await asOwner(adminUrl, DEMONSTRATION_AUTHORITY, (trx) => createAuthority(trx, COUNCIL, new Date()))
    const told = await tellStory(
      asking(app, async () => {
        await database.sequenceEvents(20_000)
        await signer.sign()
      }),
    )
    return filesOf(told, (await app.inject('/openapi.json')).json<Described>())
  } finally {
    await runner.stop()
    await app.close()
    await threads.close()
    await database.close()
  }
}

let keys = 0

function asking(app: FastifyInstance, sequence: () => Promise<void>): Ask {
  return async (operationId, how): Promise<Exchange> => {
    if (how.sequenced) await sequence()
    const { statusCode, headers, body } = await app.inject(requestOf(how))
    if (statusCode >= 300) throw new Error(`${operationId} was answered ${statusCode}: ${body}`)
    const type = String(headers['content-type']).split(';', 1)[0] ?? ''
    const value = type === 'application/json' ? JSON.parse(body) : body
    return {
      operationId,
      sent: sentOf(how),
      answered: { type, value },
      body: value,
      etag: String(headers.etag),
    }
  }
}

function sentOf({ body, csv }: How): Exchange['sent'] {
  if (csv !== undefined) return { type: 'text/csv', value: csv }
  return body === undefined ? null : { type: 'application/json', value: body }
}

function requestOf({ url, body, csv, accept = '*/*', ifMatch, put, publisher }: How): InjectOptions {
  keys += 1
  const payload = csv ?? (body && JSON.stringify(body))
  return {
    method: put ? 'PUT' : payload === undefined ? 'GET' : 'POST',
    url,
    headers: {
      accept,
      authorization: `Bearer ${publisher ? DEMONSTRATION_PUBLISHER : DEMONSTRATION_AUTHOR}`,
      'idempotency-key': `example-${keys}`,
      ...(payload !== undefined && { 'content-type': csv === undefined ? 'application/json' : 'text/csv' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(payload !== undefined && { payload }),
  }
}
