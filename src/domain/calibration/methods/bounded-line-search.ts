// Fits a line between two prices per point: tries where the floor price ends and the ceiling price begins, fits each
// part by least squares, and keeps the curve nearest to what people would cost if all costs had moved with the budget.
// In doubles for every arithmetic (+ − × ÷ only, so the same on every machine), then fixed to ten decimals, from which
// the money is worked out.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { fractionOf, penceOf } from '../../number/decimal-fraction.ts'
import { entryAt, fractionDouble } from '../../number/double.ts'
import type { Fraction } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import type { Line } from './regression.ts'
import { type Frame, type Refused, refused } from './shape.ts'

export type Bounds = {
  readonly line: Line<Fraction>
  readonly floorPrice: Fraction
  readonly ceilingPrice: Fraction
}

/** a + b·points between f·points and g·points, in pounds. */
type Candidate = { readonly a: number; readonly b: number; readonly f: number; readonly g: number }

const PARTS_NEED = 4
const MOST_SPLITS = 40

/** The bounded line of least squares, with whatever of it was given kept as it is. */
export function searchBounds<N>(
  arithmetic: Arithmetic<N>,
  frame: Frame<N>,
  given: { readonly [K in keyof Bounds]: Bounds[K] | undefined },
): Bounds | Refused {
  const places = placesOf(arithmetic, frame)
  const count = places.points.length
  if (count < PARTS_NEED) {
    const detail = `A floor, a line and a ceiling cannot be fitted to ${count} different points values above 0. Give the line and both prices, or include at least ${PARTS_NEED} values.`
    return refused('cohort-too-small', detail)
  }
  const best = nearest(places, numbersOf(given))
  if (best === null) {
    const detail =
      'No rising line between a lower and a higher price per point fits this cohort. Give the line and both prices.'
    return refused('curve-not-rising', detail)
  }
  return {
    line: given.line ?? { slope: exactly(best.b), intercept: penceOf(best.a.toFixed(10)) },
    floorPrice: given.floorPrice ?? exactly(best.f),
    ceilingPrice: given.ceilingPrice ?? exactly(best.g),
  }
}

/** Those with points, each value's people and mean pounds, and running sums over them: entry i is over the first i. */
type Places = {
  readonly points: Float64Array
  readonly weight: Float64Array
  readonly cost: Float64Array
  readonly sums: {
    readonly w: Float64Array
    readonly p: Float64Array
    readonly c: Float64Array
    readonly pp: Float64Array
    readonly pc: Float64Array
    readonly cc: Float64Array
  }
}

function placesOf<N>(arithmetic: Arithmetic<N>, frame: Frame<N>): Places {
  const { points, weight, spend } = frame.sample
  const { whole, from, plus, ratio, floor } = arithmetic
  const [share, half] = [costScale(arithmetic, frame), from({ n: 1n, d: 2n })]
  // In whole pence, which is near enough to choose between curves.
  const meanOf = (i: number) => floor(plus(ratio(present(spend[i]), whole(entryAt(weight, i))), half))
  const start = points[0] === 0 ? 1 : 0
  const count = points.length - start
  const places: Places = {
    points: new Float64Array(count),
    weight: new Float64Array(count),
    cost: new Float64Array(count),
    sums: {
      w: new Float64Array(count + 1),
      p: new Float64Array(count + 1),
      c: new Float64Array(count + 1),
      pp: new Float64Array(count + 1),
      pc: new Float64Array(count + 1),
      cc: new Float64Array(count + 1),
    },
  }
  const { sums } = places
  for (let i = 0; i < count; i += 1) {
    const w = entryAt(weight, start + i) / 10_000
    const p = entryAt(points, start + i) / 100
    const c = (meanOf(start + i) / 100) * share
    places.points[i] = p
    places.weight[i] = w
    places.cost[i] = c
    sums.w[i + 1] = entryAt(sums.w, i) + w
    sums.p[i + 1] = entryAt(sums.p, i) + w * p
    sums.c[i + 1] = entryAt(sums.c, i) + w * c
    sums.pp[i + 1] = entryAt(sums.pp, i) + w * p * p
    sums.pc[i + 1] = entryAt(sums.pc, i) + w * p * c
    sums.cc[i + 1] = entryAt(sums.cc, i) + w * c * c
  }
  return places
}

/** How the budget stands to current spend, to a millionth: what all costs are taken to have moved by. */
function costScale<N>(
  { whole, from, plus, times, ratio, compare, floor }: Arithmetic<N>,
  { sample, target, neutral }: Frame<N>,
): number {
  if (!neutral || compare(sample.totalSpend, whole(0)) === 0) return 1
  const millionths = times(ratio(target, sample.totalSpend), whole(1_000_000))
  return floor(plus(millionths, from({ n: 1n, d: 2n }))) / 1_000_000
}

/** Of candidates whose errors differ by less than sums can tell, the first of those that are least place by place. */
const CLOSE = 1e-9

function nearest(places: Places, given: Partial<Candidate>): Candidate | null {
  const found = candidates(places, given)
  const errors = found.map((candidate) => errorOf(places, candidate))
  const least = errors.reduce((lowest, error) => Math.min(lowest, error), Number.POSITIVE_INFINITY)
  const reach = least + CLOSE * entryAt(places.sums.cc, places.points.length)
  const close = found.filter((_, i) => present(errors[i]) <= reach)
  if (close.length < 2) return close[0] ?? null
  const inOrder = close
    .map((candidate) => ({ candidate, error: errorPlaceByPlace(places, candidate) }))
    .sort((one, next) => one.error - next.error)
  return present(inOrder[0]).candidate
}

function candidates(places: Places, given: Partial<Candidate>): readonly Candidate[] {
  const count = places.points.length
  const splits = splitsOf(count)
  // A middle part of two neighbours is a step, not a line.
  const shortest = Math.max(2, Math.floor(count / 3))
  const found: Candidate[] = []
  for (const from of splits) {
    for (const to of splits) {
      if (to < from + shortest) continue
      const one = candidateOf(places, from, to, given)
      if (one.b > 0 && one.f >= 0 && one.f < one.g) found.push(one)
    }
  }
  return found
}

/** Where one part may end and the next begin: never before the first or after the last value. */
function splitsOf(count: number): readonly number[] {
  const last = count - 1
  const tries = Math.min(last, MOST_SPLITS)
  return [...new Set(Array.from({ length: tries }, (_, i) => 1 + Math.floor((i * last) / tries)))]
}

function candidateOf(
  { sums, points }: Places,
  from: number,
  to: number,
  given: Partial<Candidate>,
): Candidate {
  const end = points.length
  const [w, p, c] = [part(sums.w, from, to), part(sums.p, from, to), part(sums.c, from, to)]
  const slope = (w * part(sums.pc, from, to) - p * c) / (w * part(sums.pp, from, to) - p * p)
  return {
    a: given.a ?? (c - slope * p) / w,
    b: given.b ?? slope,
    f: given.f ?? part(sums.pc, 0, from) / part(sums.pp, 0, from),
    g: given.g ?? part(sums.pc, to, end) / part(sums.pp, to, end),
  }
}

// Along rising points the line's price per point goes one way, so each of the three parts is one run of places.
function errorOf(places: Places, { a, b, f, g }: Candidate): number {
  const upward = a < 0
  const [low, high] = upward ? [f, g] : [g, f]
  const from = boundary(places.points, a, low - b, upward)
  const to = Math.max(from, boundary(places.points, a, high - b, upward))
  return (
    squares(places, 0, from, low, 0) +
    squares(places, from, to, b, a) +
    squares(places, to, places.points.length, high, 0)
  )
}

// The first place where a ÷ points has passed a price, upwards or downwards.
function boundary(points: Float64Array, a: number, price: number, upward: boolean): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const over = a - price * entryAt(points, middle)
    if (upward ? over < 0 : over > 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Σ w (c − a − b·p)² over a run of places. */
function squares({ sums }: Places, from: number, to: number, b: number, a: number): number {
  const [w, p, pp] = [part(sums.w, from, to), part(sums.p, from, to), part(sums.pp, from, to)]
  const [c, pc, cc] = [part(sums.c, from, to), part(sums.pc, from, to), part(sums.cc, from, to)]
  return cc + a * a * w + 2 * a * b * p + b * b * pp - 2 * (a * c + b * pc)
}

function errorPlaceByPlace({ points, weight, cost }: Places, { a, b, f, g }: Candidate): number {
  let sum = 0
  for (let i = 0; i < points.length; i += 1) {
    const here = entryAt(points, i)
    const gap = entryAt(cost, i) - Math.min(Math.max(a + b * here, f * here), g * here)
    sum += entryAt(weight, i) * gap * gap
  }
  return sum
}

function part(sums: Float64Array, from: number, to: number): number {
  return entryAt(sums, to) - entryAt(sums, from)
}

function numbersOf({
  line,
  floorPrice,
  ceilingPrice,
}: {
  readonly [K in keyof Bounds]: Bounds[K] | undefined
}): Partial<Candidate> {
  return {
    ...(line && { a: fractionDouble(line.intercept) / 100, b: fractionDouble(line.slope) }),
    ...(floorPrice && { f: fractionDouble(floorPrice) }),
    ...(ceilingPrice && { g: fractionDouble(ceilingPrice) }),
  }
}

function exactly(value: number): Fraction {
  return fractionOf(value.toFixed(10))
}
