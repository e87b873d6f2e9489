// Records an assessment with the allocation computed from it: price it (pure, on published versions), seal the event,
// append everything in one transaction. A retry gets the first answer; a correction points at what it corrects.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { AllocationResult } from '../domain/allocation.ts'
import { leafHash } from '../domain/canonical.ts'
import { DomainError } from '../domain/errors.ts'
import { receiptOf, sealEvent } from '../domain/event.ts'
import {
  type AssessmentIntake,
  intakeFacts,
  intakeRecord,
  recordedText,
  recordText,
} from '../domain/record.ts'
import { type Database, sqlState } from '../store/database.ts'
import { type Claim, findRequest, type StoredRequest } from '../store/events.ts'
import type { AppendIntake } from '../store/intakes.ts'
import { priceAssessment } from './price-assessment.ts'
import type { PublishedVersions } from './published-versions.ts'

export type Recorder = {
  readonly database: Database
  readonly published: PublishedVersions
  readonly appendIntake: AppendIntake
}

export type RecordRequest = {
  readonly authorityId: string
  readonly subjectId: string
  readonly intake: AssessmentIntake
  /** The assessment and allocation that this one corrects and supersedes. */
  readonly corrects: { readonly assessmentId: string; readonly allocationId: string } | null
  readonly clientId: string
  readonly idempotencyKey: string
  readonly claim: (nonce: Buffer) => Claim
  /** The stored request when this is its retry; refuses another request under the same key. */
  readonly recognise: (stored: StoredRequest) => StoredRequest & { readonly body: string }
}

/** The text of the recorded assessment and allocation, and whether it was recorded before. */
export type Recorded = { readonly text: string; readonly assessmentId: string; readonly replayed: boolean }

/** How often a publication may come between the sum and its storing before the request is given up. */
const ATTEMPTS = 5

export async function recordAssessment(recorder: Recorder, request: RecordRequest): Promise<Recorded> {
  const first = await priceOrRecognise(recorder, request, 'seen')
  if ('replayed' in first) return first
  let result = first
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await append(recorder, request, result)
    } catch (error) {
      if (sqlState(error) !== TABLE_SUPERSEDED || attempt === ATTEMPTS) throw error
      const again = await priceOrRecognise(recorder, request, 'fresh')
      if ('replayed' in again) return again
      result = again
    }
  }
}

const TABLE_SUPERSEDED = 'OR001'

// A refusal may rest on terms seen some time ago, or be the retry of a request that was accepted before a table
// changed: both are looked up before the caller is refused.
async function priceOrRecognise(
  recorder: Recorder,
  request: RecordRequest,
  freshness: 'seen' | 'fresh',
): Promise<AllocationResult | Recorded> {
  const { database, published } = recorder
  const { authorityId, intake } = request
  try {
    return await priceAssessment(published, authorityId, intake, freshness)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const stored = await findRequest(database, authorityId, request.clientId, request.idempotencyKey)
    if (stored !== null) return recalled(request.recognise(stored))
    if (freshness === 'fresh' || error.code === 'assessment-invalid') throw error
    return await priceAssessment(published, authorityId, intake, 'fresh')
  }
}

async function append(
  { appendIntake }: Recorder,
  request: RecordRequest,
  result: AllocationResult,
): Promise<Recorded> {
  const { authorityId, intake, corrects, clientId, subjectId } = request
  const at = new Date().toISOString()
  const actor = { client: clientId, subject: subjectId }
  const record = intakeRecord(intake, result, {
    assessmentId: uuidv7(),
    allocationId: uuidv7(),
    corrects: corrects?.assessmentId ?? null,
    supersedes: corrects?.allocationId ?? null,
    at,
    actor,
  })
  const event = sealEvent({
    authorityId,
    eventId: uuidv7(),
    kind: corrects === null ? 'assessment-allocated' : 'assessment-corrected',
    at,
    actor,
    facts: intakeFacts(record),
    body: recordText(record),
    nonce: randomBytes(32),
  })
  const { personRef, assessmentRef, revision } = intake
  const refs = { personRef, assessmentRef, revision }
  const known = await appendIntake({ claim: request.claim(event.nonce), event, refs })
  if (known !== null) return recalled(request.recognise(known))
  const text = recordedText(event.body, receiptOf(event.eventId, event.leafHash))
  return { text, assessmentId: record.assessment.id, replayed: false }
}

function recalled(stored: StoredRequest & { readonly body: string }): Recorded {
  const { assessment } = JSON.parse(stored.envelope) as { assessment: { id: string } }
  const receipt = receiptOf(stored.eventId, leafHash(stored.envelope))
  return { text: recordedText(stored.body, receipt), assessmentId: assessment.id, replayed: true }
}
