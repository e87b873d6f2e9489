// Isotonic: the rising amounts nearest to what people cost now (least squares), by pooling adjacent violators, with
// the steps between the pools smoothed to straight lines.

import { decimalText } from '../../number/decimal-fraction.ts'
import { fraction, roundHalfUp } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import { ONE, scaled } from '../budget/budget.ts'
import { fitted } from '../budget/fit-to-budget.ts'
import type { PointsGroup } from '../cohort/points-group.ts'
import type { FittedKnot } from './fitted-curve.ts'
import { amountAt } from './knots.ts'
import { checkedGroups, type MethodFit, type MethodInput } from './method-input.ts'
import { heldAbove } from './percentile.ts'

/** Neighbouring points values that share one amount, cost ÷ weight. */
export type Pool = {
  readonly first: number
  readonly last: number
  readonly weight: bigint
  /** Σ weight × points. */
  readonly moment: bigint
  /** Σ weight × cost. */
  readonly cost: bigint
}

/** The least-squares fit that never falls. Keeps the total by itself; the smoothed one is scaled back to it. */
export function fitIsotonic(input: MethodInput): MethodFit {
  const groups = checkedGroups(input)
  const pools = pooled(groups)
  const knots = smoothed(pools)
  const shape = heldAbove(knots, input.scaleMaximum)
  const { level, ...fit } = fitted(input, groups, {
    pieceAt: (points) => scaled(amountAt(shape, points)),
    ownLevel: ONE,
    kinks: knots.map(({ points }) => points),
  })
  return { ...fit, coefficients: { scale: decimalText(level), pools: `${pools.length}` } }
}

/** Pool adjacent violators: while a pool costs less a head than the one before it, the two become one. */
export function pooled(groups: readonly PointsGroup[]): readonly Pool[] {
  const pools: Pool[] = []
  for (const { points, weight, cost } of groups) {
    let pool: Pool = {
      first: points,
      last: points,
      weight: BigInt(weight),
      moment: BigInt(weight) * BigInt(points),
      cost,
    }
    for (let before = pools.at(-1); before !== undefined && violates(before, pool); before = pools.at(-1)) {
      pool = joined(before, pool)
      pools.pop()
    }
    pools.push(pool)
  }
  return pools
}

function violates(before: Pool, pool: Pool): boolean {
  return before.cost * pool.weight > pool.cost * before.weight
}

function joined(before: Pool, pool: Pool): Pool {
  return {
    first: before.first,
    last: pool.last,
    weight: before.weight + pool.weight,
    moment: before.moment + pool.moment,
    cost: before.cost + pool.cost,
  }
}

/** Each pool's amount at its centre of weight, and at the very first points value, below which nobody was seen. */
function smoothed(pools: readonly Pool[]): readonly FittedKnot[] {
  const centres = pools.map(({ moment, weight, cost }) => ({
    points: wholeNumber(roundHalfUp({ n: moment, d: weight })),
    amount: fraction(cost, weight),
  }))
  const [first, lowest] = [present(pools[0]).first, present(centres[0])]
  return first < lowest.points ? [{ ...lowest, points: first }, ...centres] : centres
}
