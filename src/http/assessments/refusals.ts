// What of an assessment is refused beside the rules of the sum: dates that have not come, corrections that are none,
// and what stands in the way when it is stored.

import { notFound, Refusal } from '../../contract/refusal.ts'
import type { AssessmentIntake as Intake, IntakeRecord } from '../../domain/assessment/record.ts'
import { today } from '../../operations/day-in-england.ts'
import { type FoundAssessment, findAssessment } from '../../store/assessments.ts'
import { type Database, violatedConstraint } from '../../store/database.ts'

export type ExistingAssessment = FoundAssessment & { readonly body: string }

/** The assessment as it is there to be read. Refuses `not-found` and `erased-under-policy`. */
export async function existingAssessment(
  database: Database,
  authorityId: string,
  id: string,
): Promise<ExistingAssessment> {
  const found = await findAssessment(database, authorityId, { id })
  if (found === null) throw notFound()
  const { body } = found
  if (body === null) {
    throw new Refusal(
      'erased-under-policy',
      'The content of this assessment was erased under the retention policy.',
    )
  }
  return { ...found, body }
}

/** Refuses `assessed-in-the-future` and `decided-in-the-future`. */
export function refuseFuture({ assessedOn, eligibility: { decidedOn } }: Intake): void {
  const now = today()
  if (assessedOn > now) {
    throw new Refusal(
      'assessed-in-the-future',
      `assessedOn is ${assessedOn}, and today is ${now}. Check the date; use an estimate to look ahead.`,
    )
  }
  if (decidedOn > now) {
    throw new Refusal(
      'decided-in-the-future',
      `eligibility.decidedOn is ${decidedOn}, and today is ${now}. Record the assessment once it is decided.`,
    )
  }
}

/** Refuses a correction that is about another person or assessment, or that is no later than what it corrects. */
export function refuseAsCorrection(corrected: ExistingAssessment, intake: Intake): void {
  const { assessment } = JSON.parse(corrected.body) as IntakeRecord
  if (assessment.personRef !== intake.personRef) {
    throw new Refusal(
      'correction-person-differs',
      'The personRef is not that of the assessment to be corrected. A correction is about the same person.',
    )
  }
  if (assessment.assessmentRef !== intake.assessmentRef) {
    throw new Refusal(
      'correction-reference-differs',
      'The assessmentRef is not that of the assessment to be corrected. A correction keeps it, and raises the revision.',
    )
  }
  if (intake.revision < assessment.revision) {
    throw new Refusal(
      'correction-revision-lower',
      `The revision is ${intake.revision}, and the assessment to be corrected has ${assessment.revision}. Send a higher one.`,
    )
  }
  if (intake.revision === assessment.revision) throw alreadyRecorded(intake, corrected)
}

/** The refusal that an error of the store stands for, or the error itself: the keys say what was in the way. */
export async function refusalOf(
  database: Database,
  authorityId: string,
  intake: Intake,
  error: unknown,
): Promise<unknown> {
  const { assessmentRef, revision } = intake
  const latest = () => findAssessment(database, authorityId, { assessmentRef, revision: 'latest' })
  switch (violatedConstraint(error)) {
    case 'payload_assessment_once': {
      const same = await findAssessment(database, authorityId, { assessmentRef, revision })
      return same === null ? anotherRevisionRecorded(await latest()) : alreadyRecorded(intake, same)
    }
    case 'assessment_corrected_once':
      return new Refusal(
        'already-corrected',
        'This assessment is corrected already. Correct the latest one, at the address in Location.',
        { headers: locationOf(await latest()) },
      )
    default:
      return error
  }
}

function alreadyRecorded({ revision }: Intake, found: FoundAssessment): Refusal {
  return new Refusal(
    'assessment-already-recorded',
    `Revision ${revision} of this assessmentRef is recorded already, under another Idempotency-Key.`,
    { headers: locationOf(found) },
  )
}

function anotherRevisionRecorded(latest: FoundAssessment | null): Refusal {
  return new Refusal(
    'another-revision-recorded',
    'This assessmentRef is recorded at another revision. A later revision is a correction of the latest one, at the address in Location.',
    { headers: locationOf(latest) },
  )
}

// Erased since: then there is nothing to point at.
function locationOf(found: FoundAssessment | null): Record<string, string> {
  return found === null ? {} : { location: `/v1/assessments/${found.id}` }
}
