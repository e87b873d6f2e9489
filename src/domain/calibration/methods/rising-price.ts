// Incremental, read as a price that rises with points: each point costs α + β·points, so the amount is αp + βp².

import { decimalText } from '../../number/decimal-fraction.ts'
import { type Fraction, fraction, ZERO } from '../../number/fraction.ts'
import { ONE, scaled } from '../budget/budget.ts'
import { fitted } from '../budget/fit-to-budget.ts'
import { costMoment, type PointsGroup, pointsMoment } from '../cohort/points-group.ts'
import type { Warning } from './fitted-curve.ts'
import { risingLine } from './line.ts'
import { checkedGroups, type MethodFit, type MethodInput, refuse } from './method-input.ts'

/** Pence: α a hundredth of a point, β a squared hundredth. */
type Price = { readonly alpha: Fraction; readonly beta: Fraction; readonly warnings: readonly Warning[] }

/**
 * Least squares through (0, 0), held to a curve that never falls on the scale, then scaled to the budget. The price may
 * fall as points rise; where cost itself does not rise with points, there is nothing to fit, and it refuses.
 */
export function fitRisingPrice(input: MethodInput): MethodFit {
  const groups = checkedGroups(input)
  const { alpha, beta, warnings } = priceOf(input, groups)
  const { level, ...fit } = fitted(input, groups, {
    pieceAt: (points) => scaled(amountOf(alpha, beta, BigInt(points))),
    ownLevel: ONE,
    // It bends everywhere: a knot at each hundredth part of the scale keeps the straight lines close to it.
    kinks: Array.from({ length: 99 }, (_, i) => Math.floor(((i + 1) * input.scaleMaximum) / 100)),
  })
  return {
    ...fit,
    coefficients: {
      alpha: decimalText(alpha),
      beta: decimalText({ n: beta.n * 100n, d: beta.d }),
      scale: decimalText(level),
    },
    warnings: [...fit.warnings, ...warnings],
  }
}

function amountOf(alpha: Fraction, beta: Fraction, points: bigint): Fraction {
  return fraction(points * (alpha.n * beta.d + beta.n * points * alpha.d), alpha.d * beta.d)
}

function priceOf(input: MethodInput, groups: readonly PointsGroup[]): Price {
  const [s2, s3, s4] = [pointsMoment(groups, 2n), pointsMoment(groups, 3n), pointsMoment(groups, 4n)]
  const [r1, r2] = [costMoment(groups, 1n), costMoment(groups, 2n)]
  const spread = s2 * s4 - s3 * s3
  if (spread === 0n) {
    const detail =
      'Fewer than two different points values above 0: a price that rises cannot be told from one that does not. Include people with other points, or use another method.'
    return refuse(input, 'points-all-equal', detail)
  }
  risingLine(input, groups)
  const alpha = fraction(r1 * s4 - r2 * s3, spread)
  const beta = fraction(s2 * r2 - s3 * r1, spread)
  if (alpha.n < 0n) return { alpha: ZERO, beta: fraction(r2, s4), warnings: [NO_FIRST_PRICE] }
  const top = 2n * BigInt(input.scaleMaximum)
  // α + 2β·maximum below 0: more points would mean less money. The price's fall is held to level off at the top.
  if (alpha.n * beta.d + beta.n * top * alpha.d < 0n) {
    const held = fraction(top * (top * r1 - r2), top * top * s2 - 2n * top * s3 + s4)
    return { alpha: held, beta: fraction(-held.n, held.d * top), warnings: [FALLING_PRICE, HELD_LEVEL] }
  }
  return { alpha, beta, warnings: beta.n < 0n ? [FALLING_PRICE] : [] }
}

const NO_FIRST_PRICE: Warning = {
  code: 'first-price-zero',
  detail: 'The first points would have had a price below £0; it is held at £0 and the rise fitted again.',
}

const FALLING_PRICE: Warning = {
  code: 'price-falls',
  detail: 'The price of a point falls as points rise: people with more need get less for each point.',
}

const HELD_LEVEL: Warning = {
  code: 'curve-held-level',
  detail: 'The fitted curve would have fallen before the top of the scale; it is held to level off there.',
}
