// A cohort sorted once, so that every resample is a pass over arrays. The order is by what the people are, never by
// the order of the rows, so the same cohort gives the same figures however it was uploaded.
import type { Case } from '../case.ts'
import { at } from './double.ts'

/** Cases by points, then cost, weight, group and ref, with what is counted of each. */
export type SortedCases = {
  readonly cases: readonly Case[]
  /** Hundredths of a point, rising. */
  readonly points: Float64Array
  /** Pence. */
  readonly cost: Float64Array
  /** Ten-thousandths. */
  readonly weight: Float64Array
  /** The cases again, by cost; of equal costs in the order above. */
  readonly byCost: Uint32Array
}

/**
 * Some of the cases, each as often as it was named: their weight and spend by distinct points, their weight by
 * distinct cost. Only points and costs that someone in the sample has.
 */
export type Sample = {
  readonly points: Float64Array
  readonly pointsWeight: Float64Array
  /** Pence × ten-thousandths. */
  readonly pointsSpend: Float64Array
  readonly costs: Float64Array
  readonly costWeight: Float64Array
  readonly weight: number
  readonly spend: number
}

export function sortedCases(given: readonly Case[]): SortedCases {
  const cases = inOrder(given)
  const cost = Float64Array.from(cases, (row) => row.cost)
  return {
    cases,
    points: Float64Array.from(cases, (row) => row.points),
    cost,
    weight: Float64Array.from(cases, (row) => row.weight),
    byCost: Uint32Array.from(cases.keys()).sort((a, b) => at(cost, a) - at(cost, b) || a - b),
  }
}

/** Cases by points, then cost, weight, group and ref. */
export function inOrder(cases: readonly Case[]): readonly Case[] {
  return [...cases].sort(
    (a, b) =>
      a.points - b.points ||
      a.cost - b.cost ||
      a.weight - b.weight ||
      compareText(a.userGroup, b.userGroup) ||
      compareText(a.ref, b.ref),
  )
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The sample that names each of `rows` once for every time it stands there. */
export function sampleOf(sorted: SortedCases, rows: Uint32Array): Sample {
  const times = new Uint32Array(sorted.cases.length)
  for (let i = 0; i < rows.length; i += 1) times[at(rows, i)] = at(times, at(rows, i)) + 1
  const byPoints = weightByPoints(sorted, times)
  return {
    ...byPoints,
    ...weightByCost(sorted, times),
    weight: total(byPoints.pointsWeight),
    spend: total(byPoints.pointsSpend),
  }
}

function weightByPoints(
  { points, cost, weight }: SortedCases,
  times: Uint32Array,
): Pick<Sample, 'points' | 'pointsWeight' | 'pointsSpend'> {
  const [values, weights] = [new Float64Array(times.length), new Float64Array(times.length)]
  const spends = new Float64Array(times.length)
  let last = -1
  for (let row = 0; row < times.length; row += 1) {
    if (at(times, row) === 0) continue
    if (last < 0 || at(values, last) !== at(points, row)) last += 1
    const own = at(times, row) * at(weight, row)
    values[last] = at(points, row)
    weights[last] = at(weights, last) + own
    spends[last] = at(spends, last) + own * at(cost, row)
  }
  const count = last + 1
  return {
    points: values.subarray(0, count),
    pointsWeight: weights.subarray(0, count),
    pointsSpend: spends.subarray(0, count),
  }
}

function weightByCost(
  { cost, weight, byCost }: SortedCases,
  times: Uint32Array,
): Pick<Sample, 'costs' | 'costWeight'> {
  const [values, weights] = [new Float64Array(times.length), new Float64Array(times.length)]
  let last = -1
  for (let i = 0; i < times.length; i += 1) {
    const row = at(byCost, i)
    if (at(times, row) === 0) continue
    if (last < 0 || at(values, last) !== at(cost, row)) last += 1
    values[last] = at(cost, row)
    weights[last] = at(weights, last) + at(times, row) * at(weight, row)
  }
  return { costs: values.subarray(0, last + 1), costWeight: weights.subarray(0, last + 1) }
}

/** Every case once. */
export function wholeSample(sorted: SortedCases): Sample {
  return sampleOf(sorted, rowsWithout(sorted))
}

/** Every case once, but for one that may be left out. */
export function rowsWithout(sorted: SortedCases, left?: number): Uint32Array {
  return Uint32Array.from(sorted.cases.keys()).filter((row) => row !== left)
}

export function total(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += at(values, i)
  return sum
}
