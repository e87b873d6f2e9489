// Cohorts come in by parts and end with a seal. Each step is one transaction with its event; what the event tells is
// the answer, so that a retry is answered with the same bytes.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../../contract/refusal.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import { type EventKind, sealEvent } from '../../domain/log/event.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import {
  type CohortPart,
  findCohort,
  insertCohort,
  insertPart,
  insertSeal,
  knownRefs,
  type StoredCohort,
} from '../../store/cohorts.ts'
import { type Database, type Transaction, violatedConstraint } from '../../store/database.ts'
import { appendEvent, type Claim, findRequest, type StoredRequest } from '../../store/events.ts'
import { type PartRows, partBody, withoutKnown } from './read-part.ts'

/** Who writes, and under which Idempotency-Key. */
export type Writer = {
  readonly authorityId: string
  readonly subjectId: string
  readonly claim: {
    readonly clientId: string
    readonly key: string
    with(nonce: Buffer): Claim
    recognise(stored: StoredRequest): StoredRequest & { readonly body: string }
  }
}

/** The answer as text, the id of what it is about, and whether it was given before. */
export type WrittenText = { readonly text: string; readonly id: string; readonly replayed: boolean }

export type NewCohort = {
  readonly title: string
  readonly questionnaire: VersionRef
  readonly weeksPerYear: string
  readonly syntheticNote: string | null
  readonly seal: boolean
}

export const MOST_PARTS = 100
/** What a run can hold in memory. */
const MOST_ROWS_OF_COHORT = 1_000_000

/** A new cohort with its first part, sealed at once where asked. */
export function uploadCohort(
  database: Database,
  writer: Writer,
  { seal, ...cohort }: NewCohort,
  rows: PartRows,
): Promise<WrittenText> {
  return once(database, writer, async (trx) => {
    const step = newStep('cohort-uploaded')
    const part = partOf(rows, 1, step)
    const createdBy = { client: writer.claim.clientId, subject: writer.subjectId }
    const open = { ...cohort, id: uuidv7(), createdAt: step.at, createdBy, parts: [part], hash: null }
    const stored = seal ? sealed(open) : open
    return write(trx, writer, step, stored, partBody(rows), async () => {
      await insertCohort(trx, writer.authorityId, step.eventId, stored)
      await insertPart(trx, writer.authorityId, stored.id, part)
      if (stored.hash !== null) await insertSealOf(trx, writer, stored, step)
    })
  })
}

/** A further part. Refuses `cohort-sealed` and `cohort-full`; null where there is no such cohort. */
export function addCohortPart(
  database: Database,
  writer: Writer,
  id: string,
  rows: PartRows,
): Promise<WrittenText | null> {
  return once(database, writer, async (trx) => {
    const before = await openCohort(trx, id)
    if (before === null) return null
    refuseFull(before, rows)
    const known = await knownRefs(
      trx,
      id,
      rows.accepted.map(({ ref }) => ref),
    )
    const fresh = withoutKnown(rows, known)
    const step = newStep('cohort-part-added')
    const part = partOf(fresh, before.parts.length + 1, step)
    const stored = { ...before, parts: [...before.parts, part] }
    return write(trx, writer, step, stored, partBody(fresh), () =>
      insertPart(trx, writer.authorityId, id, part),
    )
  })
}

// Parts of a list in JSON are small, so there may be many; what memory has to hold are rows.
function refuseFull({ parts }: StoredCohort, { accepted, rejections }: PartRows): void {
  if (parts.length >= MOST_PARTS)
    throw new Refusal('cohort-full', `The cohort has ${MOST_PARTS} parts, the most there can be. Seal it.`)
  const before = parts.reduce((sum, part) => sum + part.accepted + part.rejected, 0)
  const rows = accepted.length + rejections.length
  if (before + rows > MOST_ROWS_OF_COHORT)
    throw new Refusal(
      'cohort-full',
      `The cohort has ${before} rows and this part ${rows}; together there may be ${MOST_ROWS_OF_COHORT}. Send fewer, or seal it.`,
    )
}

/** Ends a cohort: from then on it can be calibrated and never changes. Refuses `cohort-sealed`. */
export function sealCohort(database: Database, writer: Writer, id: string): Promise<WrittenText | null> {
  return once(database, writer, async (trx) => {
    const before = await openCohort(trx, id)
    if (before === null) return null
    const step = newStep('cohort-sealed')
    const stored = sealed(before)
    return write(trx, writer, step, stored, '{}', () => insertSealOf(trx, writer, stored, step))
  })
}

/** A cohort as callers see it: counts, hashes and its life, and nothing of its rows. */
export function cohortView({ parts, hash, ...cohort }: StoredCohort) {
  const sum = (of: (part: CohortPart) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    ...cohort,
    state: hash === null ? ('open' as const) : ('sealed' as const),
    rows: sum(({ accepted, rejected }) => accepted + rejected),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
    hash,
    parts: parts.map(({ eventId: _, ...part }) => ({ ...part, rows: part.accepted + part.rejected })),
  }
}

type Step = {
  readonly kind: EventKind
  readonly eventId: string
  readonly at: string
  readonly nonce: Buffer
}

function newStep(kind: EventKind): Step {
  return { kind, eventId: uuidv7(), at: new Date().toISOString(), nonce: randomBytes(32) }
}

function partOf({ sha256, accepted, rejections }: PartRows, part: number, { eventId, at }: Step): CohortPart {
  return {
    part,
    eventId,
    sha256,
    accepted: accepted.length,
    rejected: rejections.length,
    recordedAt: at,
  }
}

// What the figures stand on: the files, what was taken of them, what turned them into points and pounds a year, and
// whether anybody is behind them.
function sealed(cohort: StoredCohort): StoredCohort & { readonly hash: string } {
  const { questionnaire, weeksPerYear, syntheticNote, parts } = cohort
  const files = parts.map(({ sha256, accepted, rejected }) => ({ sha256, accepted, rejected }))
  const real = { questionnaire, weeksPerYear, parts: files }
  const whole = syntheticNote === null ? real : { ...real, syntheticNote }
  return { ...cohort, hash: contentHash(canonicalJson(whole)) }
}

async function insertSealOf(
  trx: Transaction,
  { authorityId }: Writer,
  { id, parts, hash }: StoredCohort & { readonly hash: string | null },
  { eventId, at }: Step,
): Promise<void> {
  if (hash === null) throw new Error('a seal has the hash of its cohort')
  await insertSeal(trx, authorityId, id, { ordinal: parts.length + 1, eventId, hash, at })
}

async function openCohort(trx: Transaction, id: string): Promise<StoredCohort | null> {
  const found = await findCohort(trx, id)
  if (found !== null && found.hash !== null)
    throw new Refusal('cohort-sealed', 'The cohort is sealed and never changes. Upload a new one.')
  return found
}

async function write(
  trx: Transaction,
  { authorityId, subjectId, claim }: Writer,
  { kind, eventId, at, nonce }: Step,
  stored: StoredCohort,
  body: string,
  insert: () => Promise<void>,
): Promise<WrittenText> {
  const view = cohortView(stored)
  const event = sealEvent({
    authorityId,
    eventId,
    kind,
    at,
    actor: { client: claim.clientId, subject: subjectId },
    facts: { cohort: view },
    body,
    nonce,
  })
  const known = await appendEvent(trx, claim.with(nonce), event)
  if (known !== null) return recalled(claim.recognise(known))
  await insert()
  return { text: canonicalJson(view), id: stored.id, replayed: false }
}

function recalled({ envelope }: StoredRequest): WrittenText {
  const { cohort } = JSON.parse(envelope) as { cohort: { id: string } }
  return { text: canonicalJson(cohort), id: cohort.id, replayed: true }
}

const ATTEMPTS = 5

// The retry of a request that was accepted is answered as it was, whatever has become of the cohort since; a writer
// who lost a race looks again.
async function once<T>(
  database: Database,
  { authorityId, claim }: Writer,
  work: (trx: Transaction) => Promise<T>,
): Promise<T | WrittenText> {
  const known = await findRequest(database, authorityId, claim.clientId, claim.key)
  if (known !== null) return recalled(claim.recognise(known))
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.asAuthority(authorityId, work)
    } catch (error) {
      const lost = violatedConstraint(error)?.startsWith('cohort_step_') === true
      if (!lost || attempt === ATTEMPTS) throw error
    }
  }
}
