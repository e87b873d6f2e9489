// What is wrong with all that the sum is made from: the answers, where the person lives, and outcomes of the regulation
// for somebody else.
import type { Answers, StatedEligibility } from '../../contract/allocation/assessment.ts'
import { type Fault, faultsIn, Refusal } from '../../contract/refusal.ts'
import { answerFaults } from '../questionnaire/answer-faults.ts'
import { isOfPopulation } from '../questionnaire/outcomes.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { isSetting, settingUnknown } from '../table/setting.ts'

export type StatedInput = {
  readonly answers: Answers
  readonly stated: StatedEligibility
  readonly setting?: string | undefined
}

/** Refuses `assessment-invalid` with every fault. */
export function refuseInput(plan: ScoringPlan, { answers, stated, setting }: StatedInput): void {
  const faults = [
    ...answerFaults(plan, answers),
    ...(setting === undefined || isSetting(setting) ? [] : [settingUnknown('/setting')]),
    ...outcomeFaults(plan, stated),
  ]
  if (faults.length > 0)
    throw new Refusal('assessment-invalid', faultsIn('The assessment', faults), { faults })
}

function outcomeFaults({ questionnaire }: ScoringPlan, { outcomesNotMet = [] }: StatedEligibility): Fault[] {
  const { population } = questionnaire
  return outcomesNotMet.flatMap((outcome, i) => {
    if (isOfPopulation(outcome, population)) return []
    const regulation = population === 'carer' ? '3(2), for carers' : '2(2), for adults with needs'
    const detail = `This questionnaire takes outcomes of regulation ${regulation}. Name one of those, or leave this out.`
    return { pointer: `/eligibility/outcomesNotMet/${i}`, code: 'outcome-not-of-population', detail }
  })
}
