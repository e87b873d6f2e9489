// What a person must look at beside the figure: needs not asked about, amounts and points above a limit, and the
// answers that refer a case to individual costing.

import type { Flag } from '../../contract/allocation/allocation.ts'
import type { Answers, EstimatedEligibility } from '../../contract/allocation/assessment.ts'
import type { WorkingDomain } from '../../contract/allocation/working.ts'
import type { ReferralCondition } from '../../contract/documents/questionnaire.ts'
import { type Decimal, decimal } from '../number/decimal.ts'
import type { Score } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import type { Priced, TablePlan } from './price.ts'

const NOTICES: ReadonlySet<Flag['code']> = new Set(['eligibility-without-grounds', 'other-needs-not-scored'])

/** Whether a flag sends the case to individual costing; the others ask a person to look at something beside it. */
export function refers({ code }: Flag): boolean {
  return !NOTICES.has(code)
}

/** Whether somebody is said to be eligible with no outcome that is not met, or no impact on wellbeing (SI 2015/313). */
export function lacksGrounds({ eligible, outcomesNotMet, wellbeingImpact }: EstimatedEligibility): boolean {
  return eligible && (outcomesNotMet?.length === 0 || wellbeingImpact === false)
}

export function eligibilityFlags(groundsMissing: boolean): Flag[] {
  const reason =
    'The person is eligible, but the record names no unmet outcome, or no significant impact on wellbeing. A person must check the record.'
  return groundsMissing ? [{ code: 'eligibility-without-grounds', rule: null, reason }] : []
}

export function otherNeedsFlags(otherNeeds: boolean): Flag[] {
  const reason =
    'The assessor recorded needs that the questionnaire does not ask about. A person must consider them.'
  return otherNeeds ? [{ code: 'other-needs-not-scored', rule: null, reason }] : []
}

export function amountFlags(
  plan: ScoringPlan,
  points: Decimal,
  { amount, place }: Priced,
  { table }: TablePlan,
): Flag[] {
  const flags: Flag[] = []
  const refer = 'The figure is shown, and the case is referred to individual costing.'
  if (table.cap !== undefined && amount.greaterThan(table.cap.amountAnnual)) {
    flags.push({
      code: 'above-cap',
      rule: null,
      reason: `The amount is above £${table.cap.amountAnnual} a year. ${refer}`,
    })
  }
  if (points.greaterThan(plan.scaleMaximum)) {
    const reason = `The points are above the questionnaire's scale of ${plan.questionnaire.scaleMaximum}. ${refer}`
    flags.push({ code: 'above-scale', rule: null, reason })
  } else if (place === 'above-last') {
    flags.push({ code: 'above-table', rule: null, reason: `The points are above the table's last. ${refer}` })
  }
  return flags
}

export function referralFlags({ questionnaire }: ScoringPlan, answers: Answers, { lines }: Score): Flag[] {
  const scored = lines.filter((line): line is WorkingDomain => line.step === 'domain')
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
  return isMeant && support?.counted === true && support.option === option && !decimal(weighted).isZero()
}
