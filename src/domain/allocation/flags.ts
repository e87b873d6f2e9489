// What a person must look at beside the figure, in the order in which it is told. Each stands alone, and where one of
// them refers, the figure is no estimate of what the person needs.

import type { Flag } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import type { WorkingDomain } from '../../contract/allocation/working.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import type { Outside } from './outside.ts'
import type { TablePlan } from './price.ts'
import { referralFlags } from './referral.ts'
import type { MoneyStanding, PointsStanding } from './standing.ts'

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

/** What a case's flags are read from; `money` is null for somebody outside the table. */
export type Circumstances = {
  readonly answers: Answers
  readonly assessedOn: string
  readonly domains: readonly WorkingDomain[]
  readonly points: PointsStanding
  readonly money: MoneyStanding | null
}

/** The flags of somebody eligible whom the table prices, or who is outside it. */
export function costFlags(
  plan: ScoringPlan,
  { table, takenOfEach100 }: TablePlan,
  outside: Outside | null,
  { answers, assessedOn, domains, points, money }: Circumstances,
): readonly Flag[] {
  const flags: Flag[] = []
  if (outside !== null) flags.push(flagOf('outside-table', outside.reason))
  if (money !== null) addLimitFlags(flags, plan, table, money)
  addCareFlags(flags, plan, points, money)
  flags.push(...referralFlags(plan, answers, domains))
  if (money !== null) addDoubtFlags(flags, table, assessedOn, money, takenOfEach100)
  return flags
}

type Table = TablePlan['table']

function addLimitFlags(
  flags: Flag[],
  { questionnaire }: ScoringPlan,
  { cap }: Table,
  { isAboveCap, above }: MoneyStanding,
): void {
  const refer = 'The figure is shown, and the case is referred to individual costing.'
  if (cap !== undefined && isAboveCap)
    flags.push(
      flagOf('above-cap', `The amount is above £${cap.amountAnnual} a year. ${refer}`, {
        cap: cap.amountAnnual,
      }),
    )
  if (above === 'scale') {
    const { scaleMaximum } = questionnaire
    const reason = `The points are above the questionnaire's scale of ${scaleMaximum}. ${refer}`
    flags.push(flagOf('above-scale', reason, { scaleMaximum }))
  } else if (above === 'table') {
    flags.push(flagOf('above-table', `The points are above the table's last. ${refer}`))
  }
}

// No figure is a quiet £0, and none says nothing of care that somebody gives unpaid (Care Act 2014 s. 10).
function addCareFlags(
  flags: Flag[],
  { referAbove }: ScoringPlan,
  { hasGross, hasTotal, reliesOnCare }: PointsStanding,
  money: MoneyStanding | null,
): void {
  if (hasGross && !hasTotal)
    flags.push(
      flagOf('met-by-unpaid-care', 'Unpaid care takes off all points. A person must plan for its end.'),
    )
  if (!hasGross)
    flags.push(flagOf('eligible-without-points', 'The person is eligible, and the answers have no points.'))
  if (money?.isNothing && hasTotal)
    flags.push(flagOf('priced-at-nothing', 'The table gives no money for these points.'))
  if (referAbove !== null && reliesOnCare) {
    const reason = `Unpaid care takes off more than ${referAbove.text} of the points. A person must plan for its end.`
    flags.push(flagOf('relies-on-unpaid-care', reason, { referAbove: referAbove.text }))
  }
}

/** What makes the figure less sure, or lower than the costs that it came from. */
function addDoubtFlags(
  flags: Flag[],
  { reviewBy, financialYear, provenance }: Table,
  assessedOn: string,
  { beside, isLowered }: MoneyStanding,
  takenOfEach100: string | null,
): void {
  const evidence = provenance?.evidence
  if (evidence !== undefined && beside !== null) {
    const { pointsFrom, pointsTo } = evidence
    const reason = `The table was made from people with ${pointsFrom} to ${pointsTo} points, and this person has ${beside === 'high' ? 'more' : 'fewer'}.`
    flags.push(flagOf('beyond-evidence', reason, { pointsFrom, pointsTo, side: beside }))
  }
  if (assessedOn > reviewBy) {
    const past = `The table was made for ${financialYear}, and the assessment is after ${reviewBy}.`
    flags.push(flagOf('table-past-its-year', past, { financialYear, reviewBy }))
  }
  // Only what is below 1 takes off; what others add is told in the sum.
  if (isLowered && takenOfEach100 !== null) {
    const reason = `Adjustments of the table take £${takenOfEach100} off each £100.`
    flags.push(flagOf('efficiency-applied', reason, { ofEach100: takenOfEach100 }))
  }
}
