// Records an assessment with the allocation computed from it: price it (pure, on published versions), seal the event,
// append everything in one transaction. A retry gets the first answer; a correction points at what it corrects.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../../contract/refusal.ts'
import type { AllocationResult } from '../../domain/allocation/allocation.ts'
import {
  type AssessmentIntake,
  intakeFacts,
  intakeRecord,
  recordedText,
  recordText,
} from '../../domain/assessment/record.ts'
import { leafHash } from '../../domain/log/canonical.ts'
import { receiptOf, sealEvent } from '../../domain/log/event.ts'
import { type Database, sqlState } from '../../store/database.ts'
import { type Claim, findRequest, type StoredRequest } from '../../store/events.ts'
import type { AppendIntake } from '../../store/intakes.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { priceAssessment } from './price-assessment.ts'

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
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await priceAndAppend(recorder, request, attempt === 1 ? 'seen' : 'fresh')
    } catch (error) {
      if (sqlState(error) !== TABLE_SUPERSEDED) throw error
    }
  }
  return priceAndAppend(recorder, request, 'fresh')
}

const TABLE_SUPERSEDED = 'OR001'

async function priceAndAppend(
  recorder: Recorder,
  request: RecordRequest,
  freshness: Freshness,
): Promise<Recorded> {
  const priced = await priceOrRecognise(recorder, request, freshness)
  return priced.is === 'retry' ? recalled(priced.stored) : append(recorder, request, priced.result)
}

type Freshness = 'seen' | 'fresh'
type StoredBefore = StoredRequest & { readonly body: string }
type Priced =
  | { readonly is: 'new'; readonly result: AllocationResult }
  | { readonly is: 'retry'; readonly stored: StoredBefore }

// A refusal may rest on terms seen some time ago, or be the retry of a request that was accepted before a table
// changed: both are looked up before the caller is refused.
async function priceOrRecognise(
  { database, published }: Recorder,
  { authorityId, intake, clientId, idempotencyKey, recognise }: RecordRequest,
  freshness: Freshness,
): Promise<Priced> {
  const price = async (how: Freshness): Promise<Priced> => ({
    is: 'new',
    result: await priceAssessment(published, authorityId, intake, how),
  })
  try {
    return await price(freshness)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const stored = await findRequest(database, authorityId, clientId, idempotencyKey)
    if (stored !== null) return { is: 'retry', stored: recognise(stored) }
    if (freshness === 'fresh' || error.code === 'assessment-invalid') throw error
    return await price('fresh')
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

function recalled(stored: StoredBefore): Recorded {
  const { assessment } = JSON.parse(stored.envelope) as { assessment: { id: string } }
  const receipt = receiptOf(stored.eventId, leafHash(stored.envelope))
  return { text: recordedText(stored.body, receipt), assessmentId: assessment.id, replayed: true }
}
