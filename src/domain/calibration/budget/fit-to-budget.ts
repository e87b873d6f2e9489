// The last step of every method: from a formula to knots that meet the budget, with what a reader must know about it.

import { hundredthsText } from '../../number/decimal-fraction.ts'
import { people } from '../../number/figures.ts'
import type { Fraction } from '../../number/fraction.ts'
import type { PointsGroup } from '../cohort/points-group.ts'
import type { FittedCurve, Warning } from '../methods/fitted-curve.ts'
import { knotPoints, MOST_KNOTS, masses } from '../methods/knots.ts'
import { highestPoints, type MethodInput } from '../methods/method-input.ts'
import { leastSquares } from '../methods/regression.ts'
import { budgetWarnings } from './budget.ts'
import { type LevelledCurve, levelled, type Piece } from './levelled-curve.ts'

/** A method before its budget: what it says at each number of points, with one level still free. */
export type Formula = {
  readonly pieceAt: (points: number) => Omit<Piece, 'points'>
  /** The level it has by itself, when no neutral total is asked for. */
  readonly ownLevel: Fraction
  /** Points, in hundredths, where the formula bends. */
  readonly kinks: readonly number[]
}

export type Fitted = {
  readonly curve: FittedCurve
  readonly uncapped: FittedCurve | null
  readonly level: Fraction
  readonly total: Fraction
  readonly unspent: Fraction
  readonly warnings: readonly Warning[]
}

/** The formula as a curve of at most 1,001 knots that gives the cohort its target. */
export function fitted(input: MethodInput, groups: readonly PointsGroup[], formula: Formula): Fitted {
  const first = through(input, groups, formula, [])
  // Knots where a bound is met; they weigh something only where the cohort's own values had to be thinned out.
  const found = first.bends.length === 0 ? first : through(input, groups, formula, first.bends)
  const { curve, uncapped, level, total, unspent, reached } = found
  const warnings = [
    ...budgetWarnings({ target: input.target, unspent, reached, bounds: input }),
    ...cohortWarnings(input, groups),
  ]
  return { curve, uncapped, level, total, unspent, warnings }
}

function through(
  input: MethodInput,
  groups: readonly PointsGroup[],
  { pieceAt, ownLevel, kinks }: Formula,
  bends: readonly number[],
): LevelledCurve {
  const points = knotPoints(groups, input.scaleMaximum, [...kinks, ...bends])
  const pieces = points.map((here) => ({ points: here, ...pieceAt(here) }))
  const level = input.neutral ? null : ownLevel
  return levelled(pieces, masses(groups, points), { target: input.target, bounds: input, level })
}

const SMALL = 20n
const PERSON = 10_000n

function cohortWarnings({ cases, scaleMaximum }: MethodInput, groups: readonly PointsGroup[]): Warning[] {
  const warnings: Warning[] = []
  const size = weightOf(groups)
  if (size < SMALL * PERSON) {
    const detail = `There are ${people(size)} people. Below ${SMALL}, one person can move the whole curve.`
    warnings.push({ code: 'small-cohort', detail })
  }
  if (groups.length > MOST_KNOTS - 2) {
    const detail = `There are ${groups.length} different points values. The table has at most ${MOST_KNOTS} knots, at quantiles of them.`
    warnings.push({ code: 'quantile-nodes', detail })
  }
  const line = leastSquares(groups)
  if (line !== null && line.slope.n <= 0n) {
    const detail =
      'People with more points do not cost more. Points do not explain cost here, and no method can make them: look at the questionnaire or the cohort before publishing any table from it.'
    warnings.push({ code: 'points-do-not-explain-cost', detail })
  }
  const highest = highestPoints(groups)
  if (highest < scaleMaximum) {
    const detail = `Nobody has more than ${hundredthsText(highest)} points. Cost people above that individually.`
    warnings.push({ code: 'above-cohort', detail })
  }
  const unscored = weightOf(cases.filter(({ points, cost }) => points === 0 && cost > 0))
  if (unscored > 0n) {
    const detail = `${people(unscored)} with 0 points cost something now. Look at each of them: points do not see their need.`
    warnings.push({ code: 'cost-without-points', detail })
  }
  return warnings
}

function weightOf(rows: readonly { readonly weight: number }[]): bigint {
  return rows.reduce((sum, { weight }) => sum + BigInt(weight), 0n)
}
