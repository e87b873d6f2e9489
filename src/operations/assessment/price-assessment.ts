// The sum for one assessment: the questionnaire it names, the table in force on its date, the allocation. Estimates,
// stored allocations and the public's own estimates are all this one story.

import type { AllocationResult } from '../../contract/allocation/allocation.ts'
import type { Answers, EstimatedEligibility } from '../../contract/allocation/assessment.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { AllocationInput } from '../../domain/allocation/allocation.ts'
import { refuseInput } from '../../domain/assessment/input-faults.ts'
import { termFor } from '../../domain/table/in-force.ts'
import type { PublishedVersions } from '../document/published-versions.ts'

/** All that the sum is made from; an intake has more, and none of that is looked at here. */
export type Priceable = Answers & {
  readonly assessedOn: string
  readonly questionnaire: VersionRef
  readonly eligibility: EstimatedEligibility
  readonly otherNeeds: boolean
  readonly setting?: string
}

/** What pricing refuses, in the order in which it does. */
export const PRICING_REFUSALS = [
  'questionnaire-not-found',
  'assessment-invalid',
  'no-table-in-force',
  'questionnaire-not-priced',
  'points-above-table',
] as const satisfies readonly RefusalCode[]

/** Refuses as PRICING_REFUSALS says. `listedAt` is where the caller finds what is published. */
export async function priceAssessment(
  published: PublishedVersions,
  authorityId: string,
  assessment: Priceable,
  freshness: 'seen' | 'fresh',
  listedAt = '/v1/questionnaires',
): Promise<AllocationResult> {
  const { questionnaire: ref, assessedOn } = assessment
  const questionnaire = await published.questionnaire(authorityId, ref)
  if (questionnaire === null) {
    const detail = `This questionnaire version is not published. GET ${listedAt} lists those that are.`
    throw new Refusal('questionnaire-not-found', detail)
  }
  const input = inputOf(assessment)
  // Faults in the answers are the caller's to fix, so they are told before a table is looked for.
  refuseInput(questionnaire.plan, input)
  if (!input.eligible) return published.engines.of(questionnaire, null).allocate(input)
  const term = termFor(await published.terms(authorityId, ref.key, freshness), ref, assessedOn)
  const table = await published.table(authorityId, term)
  return published.engines.of(questionnaire, table).allocate(input)
}

/** All that reaches the sum. */
export function inputOf(assessment: Priceable) {
  const { assessedOn, otherNeeds, setting, eligibility } = assessment
  const { eligible, ...stated } = eligibility
  return {
    answers: answersOf(assessment),
    eligible,
    stated,
    otherNeeds,
    assessedOn,
    ...(setting === undefined ? {} : { setting }),
  } satisfies AllocationInput
}

/** The answers alone: age, cost and references stay behind. */
function answersOf({ userGroup, answers, weightings, carer, addOns }: Answers): Answers {
  return { userGroup, answers, weightings, addOns, ...(carer === undefined ? {} : { carer }) }
}
