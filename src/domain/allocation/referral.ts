// The rules of a questionnaire that refer a case to individual costing, by its answers or by the support that is given.

import type { Flag } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import type { WorkingDomain } from '../../contract/allocation/working.ts'
import type { ReferralCondition } from '../../contract/documents/questionnaire.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'

export function referralFlags(
  { questionnaire }: ScoringPlan,
  answers: Answers,
  scored: readonly WorkingDomain[],
): Flag[] {
  return questionnaire.referralRules
    .filter(({ all }) => all.every((condition) => holds(condition, answers, scored)))
    .map(({ key, reason }) => ({ code: 'referral-rule', rule: key, reason }))
}

function holds(
  condition: ReferralCondition,
  { answers, weightings, addOns }: Answers,
  scored: readonly WorkingDomain[],
): boolean {
  const { option } = condition
  if ('support' in condition) return scored.some((line) => isSupported(line, condition.support, option))
  const { question } = condition
  return [answers, weightings, addOns].some(
    (given) => Object.hasOwn(given, question) && given[question] === option,
  )
}

// Support counts where a carer is willing and able, and only of a domain that has points.
function isSupported({ domain, weighted, support }: WorkingDomain, of: string, option: string): boolean {
  const isMeant = of === 'overall' || of === domain
  return isMeant && support?.counted === true && support.option === option && /[1-9]/.test(weighted)
}
