// Percentile: a person's place among the points gives the cost at the same place among the costs. What differs is how
// people with equal points are placed, and that moves the total.

import { decimalText, pounds } from '../../number/decimal-fraction.ts'
import { compare, ZERO } from '../../number/fraction.ts'
import { type Ladder, ladder } from '../../number/ladder.ts'
import { present } from '../../present.ts'
import { ONE, scaled } from '../budget/budget.ts'
import { type Fitted, fitted } from '../budget/fit-to-budget.ts'
import type { Case } from '../cohort/case.ts'
import type { FittedCurve, FittedKnot, Warning } from './fitted-curve.ts'
import { amountAt } from './knots.ts'
import { checkedGroups, type MethodFit, type MethodInput, pence } from './method-input.ts'
import { type PercentileMode, percentileReader } from './percentile-modes.ts'

export type PercentileOptions = {
  readonly mode: PercentileMode
  /** Per cent between two nodes of `percent-table`; 1 unless said. */
  readonly step?: 1 | 2
}

/** The costs' quantile at each points value, straight lines between, from £0 at 0 points, held above the highest. */
export function fitPercentile(input: MethodInput, { mode, step = 1 }: PercentileOptions): MethodFit {
  const groups = checkedGroups(input)
  const costs = ladder(input.cases, ({ cost }) => cost)
  const points = ladder(input.cases, (one) => one.points)
  const shape = heldAbove(shapeOf(points, costs, mode, step), input.scaleMaximum)
  const { level, ...fit } = fitted(input, groups, {
    pieceAt: (here) => scaled(amountAt(shape, here)),
    ownLevel: ONE,
    kinks: [],
  })
  return {
    ...fit,
    coefficients: { scale: decimalText(level) },
    warnings: [...fit.warnings, ...topWarning(fit, input.cases)],
  }
}

/** A curve through some knots: a line from (0, 0) to the first of them, the last one's amount held to the end. */
export function heldAbove(knots: readonly FittedKnot[], scaleMaximum: number): FittedCurve {
  const [first, last] = [present(knots[0]), present(knots.at(-1))]
  const start = first.points > 0 ? [{ points: 0, amount: ZERO }] : []
  const end = last.points < scaleMaximum ? [{ points: scaleMaximum, amount: last.amount }] : []
  return { knots: [...start, ...knots, ...end] }
}

function shapeOf(points: Ladder, costs: Ladder, mode: PercentileMode, step: 1 | 2): readonly FittedKnot[] {
  const amountOf = percentileReader(points, costs, mode, step)
  return points.values.map((value, i) => ({ points: value, amount: amountOf(i) }))
}

/** Scaling up can give the highest scorer more than anybody costs now. */
function topWarning({ curve }: Omit<Fitted, 'level'>, cases: readonly Case[]): readonly Warning[] {
  const top = present(curve.knots.at(-1)).amount
  const highest = pence(cases.reduce((most, { cost }) => Math.max(most, cost), 0))
  if (compare(top, highest) <= 0) return []
  const detail = `The highest amount is ${pounds(top)}; nobody costs more than ${pounds(highest)} now.`
  return [{ code: 'top-above-highest-cost', detail }]
}
