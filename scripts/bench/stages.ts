// Which part of one recorded assessment costs what: each stage called alone, in this process, on one connection. The
// frame is what Fastify, hooks and HTTP cost around them; it comes from the load on a route that does nothing else.

import { randomBytes, randomUUID } from 'node:crypto'
import { openSync } from 'node:fs'
import pg from 'pg'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import type { AllocationResult, IntakeRecord } from '../../src/contract/allocation/allocation.ts'
import type { AssessmentIntake } from '../../src/contract/allocation/assessment.ts'
import {
  intakeFacts,
  intakeRecord,
  joinedRecord,
  recordedText,
  recordParts,
} from '../../src/domain/assessment/record.ts'
import { receiptOf, requestFingerprint, type SealedEvent, sealEvent } from '../../src/domain/log/event.ts'
import { parseStrictJson } from '../../src/http/core/bodies/strict-json.ts'
import { schemaCompiler } from '../../src/http/core/bodies/validation.ts'
import { apiKeyCheck } from '../../src/http/core/credentials/api-key.ts'
import { sharedSchemas } from '../../src/http/core/openapi/shared-schemas.ts'
import { createLogger } from '../../src/logger.ts'
import { priceAssessment } from '../../src/operations/assessment/price-assessment.ts'
import { publishedVersions } from '../../src/operations/document/published-versions.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLog } from '../../src/store/log.ts'
import { AUTHORITY, type BenchDatabase, CLIENT } from './database.ts'
import { microseconds } from './figures.ts'
import { intake } from './requests.ts'

export type Stage = { readonly name: string; readonly us: number; readonly bare: number | null }

const CALLS = 500

/** The stages of POST /v1/assessments in their order; `bare` is what the bare route spends at the same place. */
export async function stages({ applicationUrl }: BenchDatabase, apiKey: string): Promise<readonly Stage[]> {
  const database = openDatabase({ url: applicationUrl, poolSize: 1, onIdleError: console.error })
  const written = openLog(database)
  const pool = new pg.Pool({ connectionString: applicationUrl, max: 1 })
  const published = publishedVersions(database)
  const auth = apiKeyCheck(database)
  const log = createLogger('info', pino.destination(openSync('/dev/null', 'w')))
  const validate = schemaCompiler(sharedSchemas)({
    schema: { $ref: 'AssessmentIntake#' },
    method: 'POST',
    url: '/',
    httpPart: 'body',
  })
  const sent = intake()
  const bytes = Buffer.from(JSON.stringify(sent))
  const price = (one: AssessmentIntake) => priceAssessment(published, AUTHORITY, one, 'seen')
  const result = await price(sent)
  const record = recordOf(sent, result)
  const event = sealed(record)
  const parts = recordParts(record)
  const nonce = randomBytes(32)
  const line = { method: 'POST', route: '/v1/assessments', status: 201, ms: 1.2 }
  const stored = () => sealed(recordOf(sent, result))
  try {
    return [
      stage('check the API key', await microseconds(CALLS, () => auth(apiKey))),
      stage(
        'read the body strictly',
        await microseconds(CALLS, () => parseStrictJson(bytes)),
        await microseconds(CALLS, () => JSON.parse(bytes.toString('utf8'))),
      ),
      stage('hold it against the schema', await microseconds(CALLS, () => validate(sent))),
      stage('price it, with the working', await microseconds(CALLS, () => price(sent))),
      stage(
        'write the record, seal the event',
        await microseconds(CALLS, () => stored()),
        await microseconds(CALLS, () => uuidv7()),
      ),
      stage(
        'fingerprint the request',
        await microseconds(CALLS, () => requestFingerprint(nonce, 'POST', '/v1/assessments', [null, sent])),
      ),
      stage(
        'store it: one call, one commit',
        await microseconds(CALLS, () => {
          const one = intake()
          return written.append({ event: sealed(recordOf(one, result)), content: null, claim: claim() })
        }).then(async (us) => us - (await microseconds(CALLS, () => stored()))),
        await microseconds(CALLS, () => pool.query(INSERT, [uuidv7(), event.envelope, parts.body])),
      ),
      stage(
        'cut the answer',
        await microseconds(CALLS, () =>
          recordedText(joinedRecord(parts), receiptOf(event.eventId, event.leafHash)),
        ),
      ),
      stage(
        'log one line',
        await microseconds(CALLS, () => log.child({ correlationId: event.eventId }).info(line, 'request')),
      ),
    ]
  } finally {
    await database.close()
    await pool.end()
  }
}

const INSERT = 'insert into bare.written (id, envelope, body) values ($1, $2, $3)'

function stage(name: string, us: number, bare: number | null = null): Stage {
  return { name, us, bare }
}

function claim() {
  return { key: randomUUID(), fingerprint: randomBytes(32) }
}

function recordOf(one: AssessmentIntake, result: AllocationResult): IntakeRecord {
  return intakeRecord(one, result, {
    id: uuidv7(),
    corrects: null,
    at: new Date().toISOString(),
    actor: { client: CLIENT, subject: 'load' },
  })
}

function sealed(record: IntakeRecord): SealedEvent {
  return sealEvent({
    authorityId: AUTHORITY,
    eventId: record.allocation.id,
    kind: 'assessment-allocated',
    at: record.allocation.createdAt,
    actor: record.allocation.createdBy,
    facts: intakeFacts(record),
    about: null,
    parts: recordParts(record),
    nonce: randomBytes(32),
  })
}
