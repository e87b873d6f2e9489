// The search of ../bounded-line-search.ts over running sums: the same places where the parts may end and the same
// candidates, but the error of each is read from sums over its three parts and not person by person.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { at } from '../../number/double.ts'
import type { Sample } from './sample.ts'

/** Pence, and pence a hundredth of a point. */
export type BoundedNumbers = {
  readonly slope: number
  readonly intercept: number
  readonly floor: number
  readonly ceiling: number
}

const PARTS_NEED = 4
const MOST_SPLITS = 40

/** The bounded line of least squares, with what was given kept as it is; or why there is none. */
export function searchQuickBounds(
  sample: Sample,
  given: Partial<BoundedNumbers>,
): BoundedNumbers | CalibrationFaultCode {
  const sums = runningSums(sample)
  const count = sums.points.length
  if (count < PARTS_NEED) return 'cohort-too-small'
  const splits = splitsOf(count)
  const shortest = Math.max(2, Math.floor(count / 3))
  let best: BoundedNumbers | null = null
  let least = Number.POSITIVE_INFINITY
  for (const from of splits) {
    for (const to of splits) {
      if (to < from + shortest) continue
      const candidate = candidateOf(sums, from, to, given)
      if (!(candidate.slope > 0 && candidate.floor >= 0 && candidate.floor < candidate.ceiling)) continue
      const error = errorOf(sums, candidate)
      if (error >= least) continue
      best = candidate
      least = error
    }
  }
  return best ?? 'curve-not-rising'
}

/** By distinct points above 0, each sum with everything before it: entry i is over the first i. */
type Sums = {
  readonly points: Float64Array
  readonly w: Float64Array
  readonly p: Float64Array
  readonly c: Float64Array
  readonly pp: Float64Array
  readonly pc: Float64Array
}

function runningSums({ points, pointsWeight, pointsSpend }: Sample): Sums {
  const start = points[0] === 0 ? 1 : 0
  const count = points.length - start
  const [w, p, c] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1)]
  const [pp, pc] = [new Float64Array(count + 1), new Float64Array(count + 1)]
  for (let i = 0; i < count; i += 1) {
    const own = at(points, start + i)
    const weight = at(pointsWeight, start + i)
    // A mean cost in whole pence, as the exact search takes it to choose between lines; nobody is given it.
    const spend = weight * Math.round(at(pointsSpend, start + i) / weight)
    w[i + 1] = at(w, i) + weight
    p[i + 1] = at(p, i) + weight * own
    c[i + 1] = at(c, i) + spend
    pp[i + 1] = at(pp, i) + weight * own * own
    pc[i + 1] = at(pc, i) + spend * own
  }
  return { points: points.subarray(start), w, p, c, pp, pc }
}

function splitsOf(count: number): readonly number[] {
  const last = count - 1
  const tries = Math.min(last, MOST_SPLITS)
  return [...new Set(Array.from({ length: tries }, (_, i) => 1 + Math.floor((i * last) / tries)))]
}

function candidateOf(sums: Sums, from: number, to: number, given: Partial<BoundedNumbers>): BoundedNumbers {
  const end = sums.points.length
  const [w, p, c] = [part(sums.w, from, to), part(sums.p, from, to), part(sums.c, from, to)]
  const slope = (w * part(sums.pc, from, to) - p * c) / (w * part(sums.pp, from, to) - p * p)
  return {
    slope,
    intercept: (c - slope * p) / w,
    floor: part(sums.pc, 0, from) / part(sums.pp, 0, from),
    ceiling: part(sums.pc, to, end) / part(sums.pp, to, end),
    ...given,
  }
}

// The squares of the costs are the same for every candidate, and are left out. Along rising points the line's price
// per point goes one way, so each of the three parts is one run of people.
function errorOf(sums: Sums, { slope, intercept, floor, ceiling }: BoundedNumbers): number {
  const rising = intercept < 0
  const [low, high] = rising ? [floor, ceiling] : [ceiling, floor]
  const from = boundary(sums.points, intercept, low - slope, rising)
  const to = Math.max(from, boundary(sums.points, intercept, high - slope, rising))
  return (
    squares(sums, 0, from, low, 0) +
    squares(sums, from, to, slope, intercept) +
    squares(sums, to, sums.points.length, high, 0)
  )
}

// The first place where intercept ÷ points has passed a price, upwards or downwards.
function boundary(points: Float64Array, intercept: number, price: number, rising: boolean): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const over = intercept - price * at(points, middle)
    if (rising ? over < 0 : over > 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Σ w (a + b·p)² − 2 Σ w c (a + b·p) over a run of places. */
function squares(sums: Sums, from: number, to: number, b: number, a: number): number {
  const [w, p, pp] = [part(sums.w, from, to), part(sums.p, from, to), part(sums.pp, from, to)]
  const [c, pc] = [part(sums.c, from, to), part(sums.pc, from, to)]
  return a * a * w + 2 * a * b * p + b * b * pp - 2 * (a * c + b * pc)
}

function part(sums: Float64Array, from: number, to: number): number {
  return at(sums, to) - at(sums, from)
}
