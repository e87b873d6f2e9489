// The four readings of "the same place among the costs". They agree when nobody ties; see domain research 2.3.

import { type Fraction, fraction } from '../../number/fraction.ts'
import { type Ladder, percentile, rungAt, valueAt, weightOf } from '../../number/ladder.ts'
import { present } from '../../present.ts'

/**
 * `tie-mean`: people with equal points share the costs of the places they fill, so the total is exact.
 * `excel`: PERCENTRANK.INC cut to three digits, then PERCENTILE.INC: a tie takes its lowest place.
 * `mid-rank`: a tie takes the middle of its places. `percent-table`: both read off a table of whole per cents.
 */
export type PercentileMode = 'tie-mean' | 'percent-table' | 'excel' | 'mid-rank'

/** The amount of the i-th distinct points value, in pence. */
export type AmountOf = (index: number) => Fraction

/** Prepares one reading for a cohort's points and costs. */
export function percentileReader(points: Ladder, costs: Ladder, mode: PercentileMode, step: 1 | 2): AmountOf {
  if (mode === 'excel') return spreadsheet(points, costs)
  if (mode === 'mid-rank') return midRank(points, costs)
  if (mode === 'percent-table') return percentTable(points, costs, step)
  return tieMean(points, costs)
}

function tieMean(points: Ladder, costs: Ladder): AmountOf {
  const sums = costSums(costs)
  return (i) => {
    const [from, to] = tie(points, i)
    return fraction(sums(to) - sums(from), to - from)
  }
}

/** Σ of the costs up to a place in the order (ten-thousandths of a person): a person may be cut in two. */
function costSums(costs: Ladder): (place: bigint) => bigint {
  const ends = [0n, ...costs.upTo.map(BigInt)]
  const sums = [0n]
  costs.values.forEach((value, i) => {
    sums.push(present(sums[i]) + (present(ends[i + 1]) - present(ends[i])) * BigInt(value))
  })
  return (place) => {
    const rung = rungAt(costs, place)
    return present(sums[rung]) + (place - present(ends[rung])) * BigInt(present(costs.values[rung]))
  }
}

function spreadsheet(points: Ladder, costs: Ladder): AmountOf {
  const way = weightOf(points) - 10_000n
  return (i) => {
    const [below] = tie(points, i)
    // A rank is at most 1: less than a person's weight at the top would put it beyond.
    const rank = way <= 0n ? 0n : (1000n * (below < way ? below : way)) / way
    return percentile(costs, fraction(rank, 1000n))
  }
}

function midRank(points: Ladder, costs: Ladder): AmountOf {
  const way = weightOf(points) - 10_000n
  return (i) => {
    const [from, to] = tie(points, i)
    const middle = fraction(from + to - 10_000n, 2n)
    if (middle.n <= 0n || way <= 0n) return valueAt(costs, fraction(0n))
    return valueAt(costs, middle.n > way * middle.d ? fraction(way) : middle)
  }
}

/** The first node at or above: equal gives its cost, else a straight line from the node before it. */
function percentTable(points: Ladder, costs: Ladder, step: 1 | 2): AmountOf {
  const nodeAt = (share: Fraction): Node => ({
    points: percentile(points, share),
    cost: percentile(costs, share),
  })
  const nodes = Array.from({ length: 100 / step + 1 }, (_, k) => nodeAt(fraction(BigInt(k * step), 100n)))
  const last = nodeAt(fraction(1n))
  return (i) => {
    const here = BigInt(present(points.values[i]))
    const above = nodes.findIndex((node) => node.points.n >= here * node.points.d)
    // Above every node only where the top person's weight is less than one.
    const to = nodes[above] ?? last
    const from = nodes[above - 1]
    if (from === undefined || to.points.n === here * to.points.d) return to.cost
    return between(from, to, here)
  }
}

type Node = { readonly points: Fraction; readonly cost: Fraction }

function between(from: Node, to: Node, here: bigint): Fraction {
  const [p0, p1] = [from.points, to.points]
  // Everything over p0.d × p1.d.
  const up = here * p0.d * p1.d - p0.n * p1.d
  const gap = p1.n * p0.d - p0.n * p1.d
  const [c0, c1] = [from.cost, to.cost]
  return fraction(c0.n * c1.d * (gap - up) + c1.n * c0.d * up, c0.d * c1.d * gap)
}

/** The weight below a points value, and the weight up to and with it. */
function tie({ upTo }: Ladder, i: number): readonly [bigint, bigint] {
  return [i === 0 ? 0n : BigInt(present(upTo[i - 1])), BigInt(present(upTo[i]))]
}
