// Incremental, read as a price that rises with points: each point costs α + β·points, so the amount is αp + βp².

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { trimmed } from '../../number/decimal-fraction.ts'
import { costMoment, pointsMoment } from './moments.ts'
import { risingLine } from './regression.ts'
import { type Frame, type Refused, refused, type Shape, scaledShape } from './shape.ts'

/** Pence: α a hundredth of a point, β a squared hundredth. */
type Price<N> = { readonly alpha: N; readonly beta: N; readonly warnings: readonly Warning[] }

/**
 * Least squares through (0, 0), held to a curve that never falls on the scale, then scaled to the budget. The price may
 * fall as points rise; where cost itself does not rise with points, there is nothing to fit, and it refuses.
 */
export function risingPriceShape<N>(arithmetic: Arithmetic<N>, frame: Frame<N>): Shape<N> | Refused {
  const { sample, scaleMaximum } = frame
  const unscored = sample.points[0] === 0 ? 1 : 0
  if (sample.points.length - unscored < 2) return ONE_VALUE
  const line = risingLine(arithmetic, sample)
  if ('refused' in line) return line
  const { whole, times, plus, fixed } = arithmetic
  const { alpha, beta, warnings } = priceOf(arithmetic, frame)
  const amountAt = (points: number) => times(whole(points), plus(alpha, times(beta, whole(points))))
  return scaledShape(arithmetic, amountAt, {
    // It bends everywhere: a knot at each hundredth part of the scale keeps the straight lines close to it.
    kinks: Array.from({ length: 99 }, (_, i) => Math.floor(((i + 1) * scaleMaximum) / 100)),
    coefficients: (level) => ({
      alpha: trimmed(fixed(alpha, 10)),
      beta: trimmed(fixed(times(beta, whole(100)), 10)),
      scale: trimmed(fixed(level, 10)),
    }),
    warnings: () => warnings,
  })
}

function priceOf<N>(arithmetic: Arithmetic<N>, { sample, scaleMaximum }: Frame<N>): Price<N> {
  const { whole, plus, minus, times, ratio, compare } = arithmetic
  const [s2, s3, s4] = [
    pointsMoment(arithmetic, sample, 2),
    pointsMoment(arithmetic, sample, 3),
    pointsMoment(arithmetic, sample, 4),
  ]
  const [r1, r2] = [costMoment(arithmetic, sample, 1), costMoment(arithmetic, sample, 2)]
  const spread = minus(times(s2, s4), times(s3, s3))
  const alpha = ratio(minus(times(r1, s4), times(r2, s3)), spread)
  const beta = ratio(minus(times(s2, r2), times(s3, r1)), spread)
  const none = whole(0)
  if (compare(alpha, none) < 0) return { alpha: none, beta: ratio(r2, s4), warnings: [NO_FIRST_PRICE] }
  const top = whole(2 * scaleMaximum)
  // α + 2β·maximum below 0: more points would mean less money. The price's fall is held to level off at the top.
  if (compare(plus(alpha, times(beta, top)), none) < 0) {
    const spend = times(top, minus(times(top, r1), r2))
    const square = plus(minus(times(times(top, top), s2), times(times(whole(2), top), s3)), s4)
    const held = ratio(spend, square)
    return { alpha: held, beta: ratio(minus(none, held), top), warnings: [FALLING_PRICE, HELD_LEVEL] }
  }
  return { alpha, beta, warnings: compare(beta, none) < 0 ? [FALLING_PRICE] : [] }
}

const ONE_VALUE = refused(
  'points-all-equal',
  'There are fewer than two different points values above 0, so no rising price can be fitted. Include people with other points, or use another method.',
)

const NO_FIRST_PRICE: Warning = {
  code: 'first-price-zero',
  detail: 'The first points would have had a price below £0. It is held at £0, and the rise is fitted again.',
}

const FALLING_PRICE: Warning = {
  code: 'price-falls',
  detail: 'The price of a point falls as points rise: people with more need get less for each point.',
}

const HELD_LEVEL: Warning = {
  code: 'curve-held-level',
  detail: 'The fitted curve would have fallen before the top of the scale. It is held to level off there.',
}
