// The knots of a curve, and what a cohort weighs on them. A table is read by straight lines between its knots, so a
// person between two of them counts partly at each: with these masses, a total is a plain weighted sum over knots.

import { sumOfProducts } from '../../number/common-denominator.ts'
import { add, type Fraction, fraction, ZERO } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import type { FittedCurve } from './fitted-curve.ts'

export const MOST_KNOTS = 1001

/** Points in hundredths, weight in ten-thousandths: a person, or all people with the same points. */
export type Weighted = { readonly points: number; readonly weight: number }

/**
 * 0, every distinct points value of the cohort, the kinks and the scale's maximum, rising. Where that is more than
 * 1,001, the cohort's values give way to quantiles of themselves; both ends and the kinks stay.
 */
export function knotPoints(
  cases: readonly Weighted[],
  scaleMaximum: number,
  kinks: readonly number[],
): readonly number[] {
  const values = rising(cases.map(({ points }) => points).filter((points) => points <= scaleMaximum))
  const inside = kinks.filter((points) => points > 0 && points < scaleMaximum)
  const all = rising([0, ...values, ...inside, scaleMaximum])
  if (all.length <= MOST_KNOTS) return all
  const kept = rising([0, ...spread(rising(inside), MOST_KNOTS >> 1), scaleMaximum])
  return rising([...kept, ...quantiles(cases, MOST_KNOTS - kept.length, scaleMaximum)])
}

/** The cohort's weight on each knot, in people. Together they are all of the cohort's weight. */
export function masses(cases: readonly Weighted[], points: readonly number[]): readonly Fraction[] {
  const left = points.map(() => 0n)
  const right = points.map(() => 0n)
  for (const { points: here, weight } of cases) {
    const i = segmentOf(points.length, (index) => present(points[index]), here)
    const from = present(points[i])
    const to = present(points[i + 1])
    const place = Math.min(here, to)
    left[i] = present(left[i]) + BigInt(weight) * BigInt(to - place)
    right[i + 1] = present(right[i + 1]) + BigInt(weight) * BigInt(place - from)
  }
  return points.map((here, i) => {
    const before = i === 0 ? ZERO : overGap(present(right[i]), here - present(points[i - 1]))
    const after = i === points.length - 1 ? ZERO : overGap(present(left[i]), present(points[i + 1]) - here)
    return add(before, after)
  })
}

/** What a curve gives the whole cohort, in pence. */
export function curveTotal({ knots }: FittedCurve, cases: readonly Weighted[]): Fraction {
  const points = knots.map((knot) => knot.points)
  return sumOfProducts(
    masses(cases, points),
    knots.map(({ amount }) => amount),
  )
}

/** What a curve gives at some points, in pence; above the last knot its amount is held. */
export function amountAt({ knots }: FittedCurve, points: number): Fraction {
  const i = segmentOf(knots.length, (index) => present(knots[index]).points, points)
  const low = present(knots[i])
  if (points === low.points) return low.amount
  const high = present(knots[i + 1])
  if (points >= high.points) return high.amount
  const gap = BigInt(high.points - low.points)
  const up = { n: high.amount.n * BigInt(points - low.points), d: high.amount.d }
  const down = { n: low.amount.n * BigInt(high.points - points), d: low.amount.d }
  const { n, d } = add(up, down)
  return fraction(n, d * gap)
}

/** The distinct values, lowest first. */
export function rising(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}

function overGap(sum: bigint, gap: number): Fraction {
  return fraction(sum, BigInt(gap) * 10_000n)
}

/** The index of the segment that `here` falls on, of `count` knots; the last segment for all above. */
function segmentOf(count: number, pointsAt: (index: number) => number, here: number): number {
  let low = 0
  let high = count - 2
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (pointsAt(middle) <= here) low = middle
    else high = middle - 1
  }
  return low
}

/** At most `count` of the values, evenly by their place, both ends among them. */
function spread(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values
  const last = values.length - 1
  return Array.from({ length: count }, (_, i) => present(values[Math.floor((i * last) / (count - 1))]))
}

/** The points values at `count` equal steps of the cohort's weight, from its lowest to its highest. */
function quantiles(cases: readonly Weighted[], count: number, scaleMaximum: number): readonly number[] {
  const sorted = cases.filter(({ points }) => points <= scaleMaximum).sort((a, b) => a.points - b.points)
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0)
  const found: number[] = [present(sorted[sorted.length - 1]).points]
  let upTo = 0
  let step = 0
  for (const { points, weight } of sorted) {
    upTo += weight
    if (upTo * (count - 1) <= step * total) continue
    found.push(points)
    while (step * total < upTo * (count - 1)) step += 1
  }
  return rising(found)
}
