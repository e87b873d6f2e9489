// Cohorts come in by parts and end with a seal. What the event of each step tells is the answer, so that a retry is
// answered with the same bytes.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import { type CohortPart, findCohort, knownRefs, type StoredCohort } from '../../store/cohorts.ts'
import type { Database, Transaction } from '../../store/database.ts'
import type { Log } from '../../store/log.ts'
import { type RequestKey, type StoredEvent, type Writer, type Written, writeOnce } from '../write-once.ts'
import { cohortView } from './cohort-view.ts'
import { type PartRows, partBody, withoutKnown } from './read-part.ts'

export type CohortStore = { readonly database: Database; readonly log: Log }

/** The id of the cohort, and the text of it. */
export type WrittenCohort = { readonly id: string; readonly text: string }

export type NewCohort = {
  readonly title: string
  readonly questionnaire: VersionRef
  readonly weeksPerYear: string
  readonly syntheticNote: string | null
  readonly characteristics: readonly Declared[]
  readonly collectedFrom: string | null
  readonly collectedBefore: string | null
  readonly seal: boolean
}

export const MOST_PARTS = 100
/** What a run can hold in memory. */
const MOST_ROWS_OF_COHORT = 1_000_000

/** A new cohort with its first part, sealed at once where asked. */
export function uploadCohort(
  { log }: CohortStore,
  by: Writer,
  request: RequestKey,
  { seal, ...cohort }: NewCohort,
  rows: PartRows,
): Promise<Written<WrittenCohort>> {
  const { clientId: client, subjectId: subject } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide({ eventId: id, at }) {
      const createdBy = { client, subject }
      const open = { ...cohort, id, createdAt: at, createdBy, parts: [partOf(rows, 1, at)], hash: null }
      const stored = seal ? sealed(open) : open
      return { kind: 'cohort-uploaded', facts: factsOf(stored), parts: { body: partBody(rows) } }
    },
    onRace: {},
    answer: writtenCohort,
  })
}

/** A further part. Refuses `not-found`, `cohort-sealed` and `cohort-full`. */
export function addCohortPart(
  { database, log }: CohortStore,
  by: Writer,
  request: RequestKey,
  id: string,
  rows: PartRows,
): Promise<Written<WrittenCohort>> {
  const { authorityId } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: ({ at }) =>
      database.asAuthority(authorityId, async (trx) => {
        const before = await openCohort(trx, id)
        refuseFull(before, rows)
        const refs = rows.accepted.map(({ ref }) => ref)
        const fresh = withoutKnown(rows, await knownRefs(trx, id, refs))
        const number = before.parts.length + 1
        const stored = { ...before, parts: [...before.parts, partOf(fresh, number, at)] }
        return {
          kind: 'cohort-part-added',
          about: { event: id, place: `part/${number}` },
          facts: factsOf(stored),
          parts: { body: partBody(fresh) },
        }
      }),
    onRace: MOVED_ON,
    answer: writtenCohort,
  })
}

/** Ends a cohort: from then on it can be calibrated and never changes. Refuses `not-found` and `cohort-sealed`. */
export function sealCohort(
  { database, log }: CohortStore,
  by: Writer,
  request: RequestKey,
  id: string,
): Promise<Written<WrittenCohort>> {
  const { authorityId } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide() {
      const stored = sealed(await database.asAuthority(authorityId, (trx) => openCohort(trx, id)))
      return { kind: 'cohort-sealed', about: { event: id, place: 'seal' }, facts: factsOf(stored) }
    },
    onRace: MOVED_ON,
    answer: writtenCohort,
  })
}

// Somebody else added a part or sealed it a moment before.
const MOVED_ON = { event_place: 'again', OR004: 'again' } as const

type CohortFacts = { readonly cohort: ReturnType<typeof cohortView> }

function factsOf(stored: StoredCohort): CohortFacts {
  return { cohort: cohortView(stored) }
}

function writtenCohort({ facts: { cohort } }: StoredEvent<CohortFacts>): WrittenCohort {
  return { id: cohort.id, text: canonicalJson(cohort) }
}

function partOf({ sha256, accepted, rejections }: PartRows, part: number, recordedAt: string): CohortPart {
  return { part, sha256, accepted: accepted.length, rejected: rejections.length, recordedAt }
}

// What the figures stand on: the files, what was taken of them, what turned them into points and pounds a year, whether
// anybody is behind them, and what the cohort says of its people. What nobody said is no part of it.
function sealed(cohort: StoredCohort): StoredCohort & { readonly hash: string } {
  const { questionnaire, weeksPerYear, syntheticNote, characteristics, parts } = cohort
  const { collectedFrom, collectedBefore } = cohort
  const files = parts.map(({ sha256, accepted, rejected }) => ({ sha256, accepted, rejected }))
  const whole = {
    ...{ questionnaire, weeksPerYear, parts: files },
    ...(syntheticNote === null ? {} : { syntheticNote }),
    ...(characteristics.length === 0 ? {} : { characteristics }),
    ...(collectedFrom === null ? {} : { collectedFrom }),
    ...(collectedBefore === null ? {} : { collectedBefore }),
  }
  return { ...cohort, hash: contentHash(canonicalJson(whole)) }
}

async function openCohort(trx: Transaction, id: string): Promise<StoredCohort> {
  const found = await findCohort(trx, id)
  if (found === null) throw notFound()
  if (found.hash !== null)
    throw new Refusal('cohort-sealed', 'The cohort is sealed and never changes. Upload a new one.')
  return found
}

// Parts of a list in JSON are small, so there may be many; what memory has to hold are rows.
function refuseFull({ parts }: StoredCohort, { accepted, rejections }: PartRows): void {
  if (parts.length >= MOST_PARTS)
    throw new Refusal('cohort-full', `The cohort is full: it has ${MOST_PARTS} parts. Seal it.`)
  const before = parts.reduce((sum, part) => sum + part.accepted + part.rejected, 0)
  const rows = accepted.length + rejections.length
  if (before + rows > MOST_ROWS_OF_COHORT)
    throw new Refusal(
      'cohort-full',
      `The cohort has ${before} rows and this part ${rows}: more than the limit of ${MOST_ROWS_OF_COHORT}. Send fewer rows, or seal the cohort.`,
    )
}
