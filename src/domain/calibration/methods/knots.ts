// The knots of a curve, and what a sample weighs on them. A table is read by straight lines between its knots, so a
// person between two of them counts partly at each: with these masses, a total is a plain weighted sum over knots.
import { MOST_KNOTS } from '../../../contract/limits.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { entryAt } from '../../number/double.ts'
import { present } from '../../present.ts'
import type { Curve, Knot } from './fitted-curve.ts'

/** People by points: hundredths rising, each once, and the ten-thousandths that have them. */
export type PointsWeights = { readonly points: Float64Array; readonly weight: Float64Array }

/**
 * 0, every points value of the sample, the kinks and the scale's maximum, rising. Where that is more than 1,001, the
 * sample's values give way to quantiles of themselves; both ends and the kinks stay.
 */
export function knotPoints(
  sample: PointsWeights,
  scaleMaximum: number,
  kinks: readonly number[],
): readonly number[] {
  const inside = rising(kinks.filter((points) => points > 0 && points < scaleMaximum))
  const onScale = countUpTo(sample.points, scaleMaximum)
  if (onScale <= MOST_KNOTS) {
    const all = merged(sample.points, [0, ...inside, scaleMaximum])
    if (all.length <= MOST_KNOTS) return all
  }
  const kept = [0, ...spread(inside, MOST_KNOTS >> 1), scaleMaximum]
  return merged(Float64Array.from(quantiles(sample, MOST_KNOTS - kept.length, onScale)), kept)
}

// Both rise; what is beyond the last of those added, the scale's end, has no knot.
function merged(values: Float64Array, added: readonly number[]): readonly number[] {
  const points: number[] = []
  let next = 0
  for (const extra of added) {
    for (; next < values.length && entryAt(values, next) < extra; next += 1)
      points.push(entryAt(values, next))
    if (next < values.length && entryAt(values, next) === extra) next += 1
    points.push(extra)
  }
  return points
}

function rising(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}

/** At most `count` of the values, evenly by their place, both ends among them. */
function spread(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values
  const last = values.length - 1
  return Array.from({ length: count }, (_, i) => present(values[Math.floor((i * last) / (count - 1))]))
}

function countUpTo(points: Float64Array, scaleMaximum: number): number {
  let count = points.length
  while (count > 0 && entryAt(points, count - 1) > scaleMaximum) count -= 1
  return count
}

/** The points values at `count` equal steps of the weight of those on the scale, from the lowest to the highest. */
function quantiles({ points, weight }: PointsWeights, count: number, onScale: number): readonly number[] {
  let total = 0
  for (let i = 0; i < onScale; i += 1) total += entryAt(weight, i)
  const found: number[] = []
  let [upTo, step] = [0, 0]
  for (let i = 0; i < onScale; i += 1) {
    upTo += entryAt(weight, i)
    if (upTo * (count - 1) <= step * total && i < onScale - 1) continue
    found.push(entryAt(points, i))
    while (step * total < upTo * (count - 1)) step += 1
  }
  return found
}

/**
 * The sample's weight on each knot, in ten-thousandths. Together they are all of its weight. Sums of weight × points are
 * whole numbers that doubles hold: of a scale of 1,000 points, for nine million people.
 */
export function masses<N>(
  { whole, plus, ratio }: Arithmetic<N>,
  { points, weight }: PointsWeights,
  knots: readonly number[],
): readonly N[] {
  const found: N[] = []
  let [next, before] = [0, whole(0)]
  for (let to = 1; to < knots.length; to += 1) {
    const [low, high, isLast] = [present(knots[to - 1]), present(knots[to]), to === knots.length - 1]
    let [left, right] = [0, 0]
    // Those above the last knot count at it.
    for (; next < points.length && (isLast || entryAt(points, next) <= high); next += 1) {
      const [place, own] = [Math.min(entryAt(points, next), high), entryAt(weight, next)]
      left += own * (high - place)
      right += own * (place - low)
    }
    const width = whole(high - low)
    found.push(plus(before, ratio(whole(left), width)))
    before = ratio(whole(right), width)
  }
  return [...found, before]
}

/** A curve through some knots: a line from (0, 0) to the first of them, the last one's amount held to the end. */
export function heldAbove<N>(
  { whole }: Arithmetic<N>,
  knots: readonly Knot<N>[],
  scaleMaximum: number,
): Curve<N> {
  const [first, last] = [present(knots[0]), present(knots.at(-1))]
  const start = first.points > 0 ? [{ points: 0, amount: whole(0) }] : []
  const end = last.points < scaleMaximum ? [{ points: scaleMaximum, amount: last.amount }] : []
  return { knots: [...start, ...knots, ...end] }
}

/** What a curve gives at some points, in pence; above the last knot its amount is held. */
export function amountAt<N>(
  { whole, plus, minus, times, ratio }: Arithmetic<N>,
  { knots }: Curve<N>,
  points: number,
): N {
  const i = segmentOf(knots, points)
  const low = present(knots[i])
  if (points === low.points) return low.amount
  const high = present(knots[i + 1])
  if (points >= high.points) return high.amount
  const way = ratio(whole(points - low.points), whole(high.points - low.points))
  return plus(low.amount, times(minus(high.amount, low.amount), way))
}

/** What a curve gives, in pence × ten-thousandths, to people who weigh so much on each of its knots. */
export function curveTotal<N>(
  { whole, plus, times }: Arithmetic<N>,
  { knots }: Curve<N>,
  people: readonly N[],
): N {
  return knots.reduce((sum, { amount }, i) => plus(sum, times(amount, present(people[i]))), whole(0))
}

/** The index of the segment that `here` falls on; the last segment for all above. */
function segmentOf(knots: readonly { readonly points: number }[], here: number): number {
  let low = 0
  let high = knots.length - 2
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (present(knots[middle]).points <= here) low = middle
    else high = middle - 1
  }
  return low
}
