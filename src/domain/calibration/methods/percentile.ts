// Percentile: a person's place among the points gives the cost at the same place among the costs. What differs is how
// people with equal points are placed, and that moves the total.

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { trimmed } from '../../number/decimal-fraction.ts'
import { entryAt } from '../../number/double.ts'
import { inPounds } from '../../number/in-words.ts'
import { amountAt, heldAbove } from './knots.ts'
import { percentileAmounts } from './percentile-modes.ts'
import { type Frame, type Shape, scaledShape } from './shape.ts'

type PercentileOptions = Omit<Extract<MethodRequest, { readonly method: 'percentile' }>, 'method'>

/** The costs' quantile at each points value, straight lines between, from £0 at 0 points, held above the highest. */
export function percentileShape<N>(
  arithmetic: Arithmetic<N>,
  { sample, scaleMaximum }: Frame<N>,
  { mode = 'tie-mean', step = 1 }: PercentileOptions,
): Shape<N> {
  const costs = sample.byCost()
  const amounts = percentileAmounts(arithmetic, sample, costs, mode, step)
  const knots = amounts.map((amount, i) => ({ points: entryAt(sample.points, i), amount }))
  const curve = heldAbove(arithmetic, knots, scaleMaximum)
  const highest = entryAt(costs.cost, costs.cost.length - 1)
  return scaledShape(arithmetic, (points) => amountAt(arithmetic, curve, points), {
    kinks: [],
    coefficients: (level) => ({ scale: trimmed(arithmetic.fixed(level, 10)) }),
    warnings: (_, top) => topWarning(arithmetic, top, highest),
  })
}

/** Scaling up can give the highest scorer more than anybody costs now. */
function topWarning<N>(
  { whole, ratio, compare, fixed }: Arithmetic<N>,
  top: N,
  highest: number,
): readonly Warning[] {
  if (compare(top, whole(highest)) <= 0) return []
  const pounds = (pence: N) => inPounds(fixed(ratio(pence, whole(100)), 2), 2)
  const detail = `The highest amount is ${pounds(top)}; nobody costs more than ${pounds(whole(highest))} now.`
  return [{ code: 'top-above-highest-cost', detail }]
}
