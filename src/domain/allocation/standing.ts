// How points and money stand to the limits of a questionnaire and a table: all that the flags of a case ask of its
// numbers.
import { decimal, ZERO } from '../number/decimal.ts'
import type { Score } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import type { Priced, TablePlan } from './price.ts'

export type PointsStanding = {
  readonly hasGross: boolean
  readonly hasTotal: boolean
  /** Whether unpaid care takes off more than the questionnaire lets pass. */
  readonly reliesOnCare: boolean
}

export type MoneyStanding = {
  readonly isNothing: boolean
  readonly isAboveCap: boolean
  /** What the points are above, the scale before the table. */
  readonly above: 'scale' | 'table' | null
  /** On which side of the people whom the table was made from; null among them, or where it does not say. */
  readonly beside: 'high' | 'low' | null
  /** Whether an adjustment takes something off. */
  readonly isLowered: boolean
}

export function pointsStanding(
  { referAbove }: ScoringPlan,
  { gross, carerReduction, total }: Score,
): PointsStanding {
  return {
    hasGross: gross.greaterThan(ZERO),
    hasTotal: total.greaterThan(ZERO),
    reliesOnCare: referAbove !== null && carerReduction.greaterThan(gross.times(referAbove.value)),
  }
}

/** The standing of points that a table prices. */
export function moneyStanding(
  { scaleMaximum }: ScoringPlan,
  total: Score['total'],
  { amount, place, isLowered }: Priced,
  { table }: TablePlan,
): MoneyStanding {
  const { cap, provenance } = table
  return {
    isNothing: amount.isZero(),
    isAboveCap: cap !== undefined && amount.greaterThan(cap.amountAnnual),
    above: total.greaterThan(scaleMaximum) ? 'scale' : place === 'above-last' ? 'table' : null,
    beside: besideOf(total, provenance?.evidence),
    isLowered,
  }
}

function besideOf(
  total: Score['total'],
  evidence: { readonly pointsFrom: string; readonly pointsTo: string } | undefined,
): MoneyStanding['beside'] {
  if (evidence === undefined) return null
  if (total.greaterThan(decimal(evidence.pointsTo))) return 'high'
  return total.greaterThan(ZERO) && total.lessThan(decimal(evidence.pointsFrom)) ? 'low' : null
}
