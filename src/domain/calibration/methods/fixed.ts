// Fixed £ per point: the budget divided by the points (B&NES 2012 says it the other way round; its figures do not).

import { decimalText } from '../../number/decimal-fraction.ts'
import { fraction, multiply } from '../../number/fraction.ts'
import { ONE, scaled } from '../budget/budget.ts'
import { fitted } from '../budget/fit-to-budget.ts'
import { pointsMoment } from '../cohort/points-group.ts'
import { checkedGroups, type MethodFit, type MethodInput } from './method-input.ts'

/** Everybody gets the same price for each point. A cap or a floor changes that price, so that the total stays. */
export function fitFixed(input: MethodInput): MethodFit {
  const groups = checkedGroups(input)
  const { target } = input
  // Pence a hundredth of a point is pounds a point.
  const price = fraction(target.n * 10_000n, target.d * pointsMoment(groups, 1n))
  const { level, ...fit } = fitted(input, groups, {
    pieceAt: (points) => scaled(fraction(price.n * BigInt(points), price.d)),
    ownLevel: ONE,
    kinks: [],
  })
  return { ...fit, coefficients: { pricePerPoint: decimalText(multiply(price, level)) } }
}
