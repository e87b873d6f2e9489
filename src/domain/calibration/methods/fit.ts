// A method's table for a cohort and a budget: exact, not yet rounded, with everything its reader must know.

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import { MOST_KNOTS } from '../../../contract/limits.ts'
import { EXACT } from '../../number/arithmetic.ts'
import { hundredthsText } from '../../number/decimal-fraction.ts'
import { people } from '../../number/figures.ts'
import { type Fraction, fraction, subtract } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import { budgetWarnings } from '../budget/budget.ts'
import { checkBounds, type MethodFit, type MethodInput, refuse } from './method-input.ts'
import { checkMethod, methodsIn } from './methods.ts'
import { leastSquares, rises } from './regression.ts'
import { exactSample, type Sample } from './sample.ts'

const exactly = methodsIn(EXACT)

/** One method's curve for a cohort and a budget. Refuses with named reasons. */
export function fit(request: MethodRequest, input: MethodInput): MethodFit {
  const { cases, target, neutral, scaleMaximum } = input
  checkBounds(input)
  checkMethod(input, request)
  const sample = exactSample(cases)
  // Spend is counted by ten-thousandths of a person, and so is its target.
  const frame = { sample, target: fraction(target.n * 10_000n, target.d), neutral, scaleMaximum }
  const found = exactly.fit(request, frame, input)
  if ('refused' in found) return refuse(input, found.refused, found.detail)
  const { curve, uncapped, level, reached, shape } = found
  const total = fraction(found.total.n, found.total.d * 10_000n)
  const unspent = subtract(target, total)
  return {
    curve,
    uncapped,
    coefficients: shape.coefficients(level),
    total,
    unspent,
    warnings: [
      ...budgetWarnings({ target, unspent, reached, bounds: input }),
      ...cohortWarnings(input, sample),
      ...shape.warnings(level, present(curve.knots.at(-1)).amount),
    ],
  }
}

const SMALL = 20n
const PERSON = 10_000n

function cohortWarnings({ cases, scaleMaximum }: MethodInput, sample: Sample<Fraction>): readonly Warning[] {
  const { points } = sample
  const warnings: Warning[] = []
  const size = BigInt(sample.totalWeight)
  if (size < SMALL * PERSON) {
    const detail = `There are ${people(size)} people. Below ${SMALL}, one person can move the whole curve.`
    warnings.push({ code: 'small-cohort', detail })
  }
  if (points.length > MOST_KNOTS - 2) {
    const detail = `There are ${points.length} different points values. The table has at most ${MOST_KNOTS} knots, at quantiles of them.`
    warnings.push({ code: 'quantile-nodes', detail })
  }
  const line = leastSquares(EXACT, sample)
  if (line !== null && !rises(EXACT, line, sample)) {
    const detail =
      'People with more points do not cost more. Points do not explain cost here, and no method can make them: check the questionnaire and the cohort before you publish any table made from them.'
    warnings.push({ code: 'points-do-not-explain-cost', detail })
  }
  const highest = present(points[points.length - 1])
  if (highest < scaleMaximum) {
    const detail = `Nobody has more than ${hundredthsText(highest)} points. Cost people above that individually.`
    warnings.push({ code: 'above-cohort', detail })
  }
  const unscored = cases
    .filter(({ points, cost }) => points === 0 && cost > 0)
    .reduce((sum, { weight }) => sum + BigInt(weight), 0n)
  if (unscored > 0n) {
    const detail = `${people(unscored)} with 0 points cost something now. Check each of them: their points do not reflect their need.`
    warnings.push({ code: 'cost-without-points', detail })
  }
  return warnings
}
