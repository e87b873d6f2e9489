// Fixed £ per point: the budget divided by the points (B&NES 2012 says it the other way round; its figures do not).
import type { Arithmetic } from '../../number/arithmetic.ts'
import { trimmed } from '../../number/decimal-fraction.ts'
import { pointsMoment } from './moments.ts'
import { type Frame, type Shape, scaledShape } from './shape.ts'

/** Everybody gets the same price for each point. A cap or a floor changes that price, so that the total stays. */
export function fixedShape<N>(arithmetic: Arithmetic<N>, { sample, target }: Frame<N>): Shape<N> {
  const { whole, times, ratio, fixed } = arithmetic
  // Pence a hundredth of a point is pounds a point.
  const price = ratio(target, pointsMoment(arithmetic, sample, 1))
  return scaledShape(arithmetic, (points) => times(price, whole(points)), {
    kinks: [],
    coefficients: (level) => ({ pricePerPoint: trimmed(fixed(times(price, level), 10)) }),
    warnings: () => [],
  })
}
