// What of an assessment is refused beside the rules of the sum: dates that have not come, corrections that are none, and
// what is recorded already.

import type { AssessmentIntake } from '../../contract/allocation/assessment.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { Database } from '../../store/database.ts'
import { type FoundIntake, findIntake } from '../../store/intakes.ts'
import { decodeIntake, type Readable } from './stored-intake.ts'

/** Refuses `assessed-in-the-future` and `decided-in-the-future`. */
export function refuseFuture(
  { assessedOn, eligibility: { decidedOn } }: AssessmentIntake,
  today: string,
): void {
  if (assessedOn > today) {
    throw new Refusal(
      'assessed-in-the-future',
      `assessedOn is after today, ${today}. Check the date, or use an estimate to look ahead.`,
    )
  }
  if (decidedOn > today) {
    throw new Refusal(
      'decided-in-the-future',
      `eligibility.decidedOn is after today, ${today}. Check the date, or record the assessment once it is decided.`,
    )
  }
}

/** Refuses a correction that is about another person or assessment, or that is no later than what it corrects. */
export function refuseAsCorrection(corrected: Readable<FoundIntake>, intake: AssessmentIntake): void {
  const { assessment } = decodeIntake(corrected.body)
  if (assessment.personRef !== intake.personRef) {
    throw new Refusal(
      'correction-person-differs',
      'The personRef differs from that of the assessment to correct. Send the same personRef.',
    )
  }
  if (assessment.assessmentRef !== intake.assessmentRef) {
    throw new Refusal(
      'correction-reference-differs',
      'The assessmentRef differs from that of the assessment to correct. Send the same assessmentRef and a higher revision.',
    )
  }
  if (intake.revision < assessment.revision) {
    throw new Refusal(
      'correction-revision-lower',
      'The revision is lower than that of the assessment to correct. Send a higher revision.',
    )
  }
  if (intake.revision === assessment.revision) throw alreadyRecorded(corrected)
}

/** Why nothing of this reference can be recorded: it is there, at this revision or at another. */
export async function recordedBefore(
  database: Database,
  authorityId: string,
  intake: AssessmentIntake,
): Promise<Refusal> {
  const { assessmentRef, revision } = intake
  const same = await findIntake(database, authorityId, { assessmentRef, revision })
  if (same !== null) return alreadyRecorded(same)
  return new Refusal(
    'another-revision-recorded',
    'This assessmentRef is recorded at another revision. POST a later revision to the address in Location followed by /corrections.',
    { headers: locationOf(await latest(database, authorityId, intake)) },
  )
}

/** Why it cannot be corrected: somebody has, and what they recorded is the one to correct. */
export async function correctedBefore(
  database: Database,
  authorityId: string,
  intake: AssessmentIntake,
): Promise<Refusal> {
  return new Refusal(
    'already-corrected',
    'This assessment is already corrected. Correct the latest one, at the address in Location.',
    { headers: locationOf(await latest(database, authorityId, intake)) },
  )
}

function alreadyRecorded(found: FoundIntake): Refusal {
  return new Refusal(
    'assessment-already-recorded',
    'This assessmentRef and revision are already recorded, under another Idempotency-Key. Fetch it at the address in Location. To correct it, POST a higher revision to that address followed by /corrections.',
    { headers: locationOf(found) },
  )
}

function latest(
  database: Database,
  authorityId: string,
  { assessmentRef }: AssessmentIntake,
): Promise<FoundIntake | null> {
  return findIntake(database, authorityId, { assessmentRef, revision: 'latest' })
}

// Erased since: then there is nothing to point at.
function locationOf(found: FoundIntake | null): Record<string, string> {
  return found === null ? {} : { location: `/v1/assessments/${found.id}` }
}
