// Isotonic: the rising amounts nearest to what people cost now (least squares), by pooling adjacent violators, with
// the steps between the pools smoothed to straight lines.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { trimmed } from '../../number/decimal-fraction.ts'
import { entryAt } from '../../number/double.ts'
import { present } from '../../present.ts'
import type { Knot } from './fitted-curve.ts'
import { amountAt, heldAbove } from './knots.ts'
import type { Sample } from './sample.ts'
import { type Frame, type Shape, scaledShape } from './shape.ts'

/** Neighbouring points values that share one amount, cost ÷ weight. */
export type Pool<N> = {
  readonly first: number
  readonly last: number
  readonly weight: N
  /** Σ weight × points. */
  readonly moment: N
  /** Σ weight × cost. */
  readonly cost: N
}

/** The least-squares fit that never falls. Keeps the total by itself; the smoothed one is scaled back to it. */
export function isotonicShape<N>(arithmetic: Arithmetic<N>, { sample, scaleMaximum }: Frame<N>): Shape<N> {
  const pools = pooled(arithmetic, sample)
  const knots = smoothed(arithmetic, pools)
  const curve = heldAbove(arithmetic, knots, scaleMaximum)
  return scaledShape(arithmetic, (points) => amountAt(arithmetic, curve, points), {
    kinks: knots.map(({ points }) => points),
    coefficients: (level) => ({ scale: trimmed(arithmetic.fixed(level, 10)), pools: `${pools.length}` }),
    warnings: () => [],
  })
}

/** Pool adjacent violators: while a pool costs less a head than the one before it, the two become one. */
export function pooled<N>(
  arithmetic: Arithmetic<N>,
  { points, weight, spend }: Sample<N>,
): readonly Pool<N>[] {
  const { whole, times, plus, compare } = arithmetic
  const violates = (before: Pool<N>, pool: Pool<N>) =>
    compare(times(before.cost, pool.weight), times(pool.cost, before.weight)) > 0
  const pools: Pool<N>[] = []
  for (let i = 0; i < points.length; i += 1) {
    const [here, own] = [entryAt(points, i), whole(entryAt(weight, i))]
    let pool: Pool<N> = {
      first: here,
      last: here,
      weight: own,
      moment: times(own, whole(here)),
      cost: present(spend[i]),
    }
    for (let before = pools.at(-1); before !== undefined && violates(before, pool); before = pools.at(-1)) {
      pool = {
        first: before.first,
        last: pool.last,
        weight: plus(before.weight, pool.weight),
        moment: plus(before.moment, pool.moment),
        cost: plus(before.cost, pool.cost),
      }
      pools.pop()
    }
    pools.push(pool)
  }
  return pools
}

/** Each pool's amount at its centre of weight, and at the very first points value, below which nobody was seen. */
function smoothed<N>(
  { from, plus, ratio, floor }: Arithmetic<N>,
  pools: readonly Pool<N>[],
): readonly Knot<N>[] {
  const half = from({ n: 1n, d: 2n })
  const centres = pools.map(({ moment, weight, cost }) => ({
    points: floor(plus(ratio(moment, weight), half)),
    amount: ratio(cost, weight),
  }))
  const [first, lowest] = [present(pools[0]).first, present(centres[0])]
  return first < lowest.points ? [{ ...lowest, points: first }, ...centres] : centres
}
