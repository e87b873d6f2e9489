// Records an assessment with the allocation computed from it: price it (pure, on published versions) and append both
// as one event. A retry gets the first answer; a correction points at what it corrects.

import type { StoredAllocation } from '../../contract/allocation/allocation.ts'
import type { AssessmentIntake } from '../../contract/allocation/assessment.ts'
import {
  intakeFacts,
  intakeRecord,
  joinedRecord,
  recordedText,
  recordParts,
} from '../../domain/assessment/record.ts'
import { receiptOf } from '../../domain/log/event.ts'
import type { Database } from '../../store/database.ts'
import { findIntake } from '../../store/intakes.ts'
import type { Log } from '../../store/log.ts'
import { today } from '../day-in-england.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import { correctedBefore, recordedBefore, refuseAsCorrection, refuseFuture } from './assessment-refusals.ts'
import { priceAssessment } from './price-assessment.ts'
import { readable } from './stored-intake.ts'

export type Recorder = {
  /** Told of what is recorded, and not of what a retry is answered again. */
  readonly flagged: (authorityId: string, allocation: Pick<StoredAllocation, 'flags' | 'table'>) => void
  readonly database: Database
  readonly published: PublishedVersions
  readonly log: Log
}

/** The id of the assessment, the hash that the log holds of it, and the text of it and its allocation. */
export type Recorded = { readonly id: string; readonly leafHash: Buffer; readonly text: string }

/** `corrects` is the id of the assessment that this one corrects, and whose allocation it supersedes; or null. */
export async function recordAssessment(
  { database, published, log, flagged }: Recorder,
  by: Writer,
  request: RequestKey,
  intake: AssessmentIntake,
  corrects: string | null,
): Promise<Written<Recorded>> {
  const { authorityId } = by
  let decided: StoredAllocation | null = null
  const written = await writeOnce(log, {
    by,
    request,
    first: 'seen',
    async decide({ eventId: id, at, seen }) {
      const corrected =
        corrects === null
          ? null
          : readable('assessment', await findIntake(database, authorityId, { id: corrects }))
      if (corrected !== null) refuseAsCorrection(corrected, intake)
      refuseFuture(intake, today())
      const record = intakeRecord(intake, await priceAssessment(published, authorityId, intake, seen), {
        id,
        corrects: corrected?.id ?? null,
        at,
        actor: { client: by.clientId, subject: by.subjectId },
      })
      decided = record.allocation
      const what = { facts: intakeFacts(record), parts: recordParts(record) }
      return corrected === null
        ? { kind: 'assessment-allocated', ...what }
        : { kind: 'assessment-corrected', about: { event: corrected.id, place: 'correction' }, ...what }
    },
    onRace: {
      // The table computed from is not in force any more.
      OR001: 'again',
      payload_source: () => recordedBefore(database, authorityId, intake),
      event_place: () => correctedBefore(database, authorityId, intake),
    },
    answer: ({ eventId, leafHash, refs, body }) => ({
      id: eventId,
      leafHash,
      text: recordedText(joinedRecord({ refs: refs ?? '', body: body ?? '' }), receiptOf(eventId, leafHash)),
    }),
  })
  if (decided !== null && !written.replayed) flagged(authorityId, decided)
  return written
}
