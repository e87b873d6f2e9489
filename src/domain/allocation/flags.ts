// What a person must look at beside the figure, in the order in which it is told. Each stands alone, and where one of
// them refers, the figure is no estimate of what the person needs.

import type { Flag } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import { type Decimal, decimal, formatMoney, ONE, PENNY, roundFraction, ZERO } from '../number/decimal.ts'
import type { Score } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import type { Outside } from './outside.ts'
import type { Priced, TablePlan } from './price.ts'
import { referralFlags } from './referral.ts'

const NOTICES: ReadonlySet<Flag['code']> = new Set([
  'eligibility-one-outcome',
  'eligibility-without-grounds',
  'eligibility-may-be-met',
  'eligibility-answers-differ',
  'eligibility-old',
  'other-needs-not-scored',
  'beyond-evidence',
  'table-past-its-year',
  'efficiency-applied',
])

/** Whether a flag sends the case to individual costing; the others ask a person to look at something beside it. */
export function refers({ code }: Flag): boolean {
  return !NOTICES.has(code)
}

export function flagOf(code: Flag['code'], reason: string, figures?: Flag['figures']): Flag {
  return figures === undefined ? { code, rule: null, reason } : { code, rule: null, reason, figures }
}

export function otherNeedsFlags(otherNeeds: boolean): readonly Flag[] {
  const reason =
    'The assessor recorded needs that the questionnaire does not ask about. A person must consider them.'
  return otherNeeds ? [flagOf('other-needs-not-scored', reason)] : []
}

/** The flags of somebody eligible whom the table prices, or who is outside it. */
export function costFlags(
  plan: ScoringPlan,
  answers: Answers,
  points: Score,
  cost: Priced | Outside,
  { table, assessedOn }: { readonly table: TablePlan; readonly assessedOn: string },
): readonly Flag[] {
  const priced = 'amount' in cost ? cost : null
  return [
    ...('amount' in cost ? [] : [flagOf('outside-table', cost.reason)]),
    ...(priced === null ? [] : limitFlags(plan, points.total, priced, table)),
    ...careFlags(plan, points, priced),
    ...referralFlags(plan, answers, points),
    ...(priced === null ? [] : doubtFlags(points.total, priced, table, assessedOn)),
  ]
}

function limitFlags(
  plan: ScoringPlan,
  total: Decimal,
  { amount, place }: Priced,
  { table }: TablePlan,
): readonly Flag[] {
  const flags: Flag[] = []
  const refer = 'The figure is shown, and the case is referred to individual costing.'
  if (table.cap !== undefined && amount.greaterThan(table.cap.amountAnnual)) {
    const cap = table.cap.amountAnnual
    flags.push(flagOf('above-cap', `The amount is above £${cap} a year. ${refer}`, { cap }))
  }
  if (total.greaterThan(plan.scaleMaximum)) {
    const { scaleMaximum } = plan.questionnaire
    const reason = `The points are above the questionnaire's scale of ${scaleMaximum}. ${refer}`
    flags.push(flagOf('above-scale', reason, { scaleMaximum }))
  } else if (place === 'above-last') {
    flags.push(flagOf('above-table', `The points are above the table's last. ${refer}`))
  }
  return flags
}

// No figure is a quiet £0, and none says nothing of care that somebody gives unpaid (Care Act 2014 s. 10).
function careFlags(
  { referAbove }: ScoringPlan,
  { gross, carerReduction, total }: Score,
  priced: Priced | null,
): readonly Flag[] {
  const flags: Flag[] = []
  if (gross.greaterThan(ZERO) && total.isZero())
    flags.push(
      flagOf('met-by-unpaid-care', 'Unpaid care takes off all points. A person must plan for its end.'),
    )
  if (gross.isZero())
    flags.push(flagOf('eligible-without-points', 'The person is eligible, and the answers have no points.'))
  if (priced?.amount.isZero() && total.greaterThan(ZERO))
    flags.push(flagOf('priced-at-nothing', 'The table gives no money for these points.'))
  if (referAbove !== null && carerReduction.greaterThan(gross.times(referAbove.value))) {
    const reason = `Unpaid care takes off more than ${referAbove.text} of the points. A person must plan for its end.`
    flags.push(flagOf('relies-on-unpaid-care', reason, { referAbove: referAbove.text }))
  }
  return flags
}

/** What makes the figure less sure, or lower than the costs that it came from. */
function doubtFlags(
  total: Decimal,
  priced: Priced,
  { table }: TablePlan,
  assessedOn: string,
): readonly Flag[] {
  const { reviewBy, financialYear } = table
  const past = `The table was made for ${financialYear}, and the assessment is after ${reviewBy}.`
  return [
    ...evidenceFlags(total, table.provenance?.evidence),
    ...(assessedOn > reviewBy ? [flagOf('table-past-its-year', past, { financialYear, reviewBy })] : []),
    ...efficiencyFlags(priced, table.adjustments),
  ]
}

function evidenceFlags(
  total: Decimal,
  evidence: { readonly pointsFrom: string; readonly pointsTo: string } | undefined,
): readonly Flag[] {
  if (evidence === undefined) return []
  const { pointsFrom, pointsTo } = evidence
  const isHigh = total.greaterThan(pointsTo)
  const isLow = total.greaterThan(ZERO) && total.lessThan(pointsFrom)
  if (!isHigh && !isLow) return []
  const reason = `The table was made from people with ${pointsFrom} to ${pointsTo} points, and this person has ${isHigh ? 'more' : 'fewer'}.`
  return [flagOf('beyond-evidence', reason, { pointsFrom, pointsTo, side: isHigh ? 'high' : 'low' })]
}

// Only what is below 1 takes off; what others add is told in the sum.
function efficiencyFlags(
  { isLowered }: Priced,
  adjustments: TablePlan['table']['adjustments'],
): readonly Flag[] {
  if (!isLowered) return []
  const left = adjustments
    .map(({ factor }) => decimal(factor))
    .filter((factor) => factor.lessThan(ONE))
    .reduce((product, factor) => product.times(factor), ONE)
  const ofEach100 = formatMoney(roundFraction(ONE.minus(left).times(100), ONE, PENNY, 'half-up'))
  const reason = `Adjustments of the table take £${ofEach100} off each £100.`
  return [flagOf('efficiency-applied', reason, { ofEach100 })]
}
