// What of an assessment is refused beside the rules of the sum: dates that have not come, corrections that are none,
// and what is recorded already.
import { Refusal } from '../../contract/refusal.ts'
import type { AssessmentIntake, IntakeRecord } from '../../domain/assessment/record.ts'
import { type FoundAssessment, findAssessment } from '../../store/assessments.ts'
import type { Database } from '../../store/database.ts'
import type { ReadableAssessment } from './get-assessment.ts'

/** Refuses `assessed-in-the-future` and `decided-in-the-future`. */
export function refuseFuture(
  { assessedOn, eligibility: { decidedOn } }: AssessmentIntake,
  today: string,
): void {
  if (assessedOn > today) {
    throw new Refusal(
      'assessed-in-the-future',
      `assessedOn is ${assessedOn}, and today is ${today}. Check the date; use an estimate to look ahead.`,
    )
  }
  if (decidedOn > today) {
    throw new Refusal(
      'decided-in-the-future',
      `eligibility.decidedOn is ${decidedOn}, and today is ${today}. Record the assessment once it is decided.`,
    )
  }
}

/** Refuses a correction that is about another person or assessment, or that is no later than what it corrects. */
export function refuseAsCorrection(corrected: ReadableAssessment, intake: AssessmentIntake): void {
  const { assessment } = JSON.parse(corrected.body) as IntakeRecord
  if (assessment.personRef !== intake.personRef) {
    throw new Refusal(
      'correction-person-differs',
      'The personRef differs from the assessment you are correcting. A correction is about the same person.',
    )
  }
  if (assessment.assessmentRef !== intake.assessmentRef) {
    throw new Refusal(
      'correction-reference-differs',
      'The assessmentRef differs from the assessment you are correcting. Keep it, and raise the revision.',
    )
  }
  if (intake.revision < assessment.revision) {
    throw new Refusal(
      'correction-revision-lower',
      `The revision is ${intake.revision}; the assessment you are correcting has ${assessment.revision}. Send a higher one.`,
    )
  }
  if (intake.revision === assessment.revision) throw alreadyRecorded(intake, corrected)
}

/** Why nothing of this reference can be recorded: it is there, at this revision or at another. */
export async function recordedBefore(
  database: Database,
  authorityId: string,
  intake: AssessmentIntake,
): Promise<Refusal> {
  const { assessmentRef, revision } = intake
  const same = await findAssessment(database, authorityId, { assessmentRef, revision })
  if (same !== null) return alreadyRecorded(intake, same)
  return new Refusal(
    'another-revision-recorded',
    'This assessmentRef is recorded at another revision. Correct the latest one, at the address in Location.',
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
    'This assessment is corrected already. Correct the latest one, at the address in Location.',
    { headers: locationOf(await latest(database, authorityId, intake)) },
  )
}

function alreadyRecorded({ revision }: AssessmentIntake, found: FoundAssessment): Refusal {
  return new Refusal(
    'assessment-already-recorded',
    `Revision ${revision} of this assessmentRef is recorded already, under another Idempotency-Key. Location has its address.`,
    { headers: locationOf(found) },
  )
}

function latest(
  database: Database,
  authorityId: string,
  { assessmentRef }: AssessmentIntake,
): Promise<FoundAssessment | null> {
  return findAssessment(database, authorityId, { assessmentRef, revision: 'latest' })
}

// Erased since: then there is nothing to point at.
function locationOf(found: FoundAssessment | null): Record<string, string> {
  return found === null ? {} : { location: `/v1/assessments/${found.id}` }
}
