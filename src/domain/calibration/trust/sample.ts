// A cohort sorted once, so that every resample is a pass over arrays. The order is by what the people are, never by
// the order of the rows, so the same cohort gives the same figures however it was uploaded.

import { at } from '../../number/double.ts'
import type { Case } from '../cohort/case.ts'

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
  /** The distinct points and costs, rising, and which of them each case has. */
  readonly ofPoints: Ranks
  readonly ofCost: Ranks
}

type Ranks = { readonly values: Float64Array; readonly rank: Uint32Array }

/**
 * Some of the cases, each as often as it was named: their weight and spend by distinct points, and on demand (few
 * methods ask) their weight by distinct cost. Only points and costs that someone in the sample has.
 */
export type Sample = {
  readonly points: Float64Array
  readonly pointsWeight: Float64Array
  /** Pence × ten-thousandths. */
  readonly pointsSpend: Float64Array
  readonly weight: number
  readonly spend: number
  readonly byCost: () => CostWeights
}

export type CostWeights = { readonly costs: Float64Array; readonly costWeight: Float64Array }

export function sortedCases(given: readonly Case[]): SortedCases {
  const cases = inOrder(given)
  const points = Float64Array.from(cases, (row) => row.points)
  const cost = Float64Array.from(cases, (row) => row.cost)
  const byPoints = Uint32Array.from(cases.keys())
  const byCost = byPoints.toSorted((a, b) => at(cost, a) - at(cost, b) || a - b)
  return {
    cases,
    points,
    cost,
    weight: Float64Array.from(cases, (row) => row.weight),
    byCost,
    ofPoints: ranksOf(points, byPoints),
    ofCost: ranksOf(cost, byCost),
  }
}

function ranksOf(column: Float64Array, order: Uint32Array): Ranks {
  const values = new Float64Array(order.length)
  const rank = new Uint32Array(order.length)
  let count = 0
  for (const row of order) {
    if (count === 0 || at(values, count - 1) !== at(column, row)) {
      values[count] = at(column, row)
      count += 1
    }
    rank[row] = count - 1
  }
  return { values: values.slice(0, count), rank }
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
  const { points, pointsWeight, pointsSpend } = weightByPoints(sorted, times)
  return {
    points,
    pointsWeight,
    pointsSpend,
    weight: total(pointsWeight),
    spend: total(pointsSpend),
    byCost: () => weightByCost(sorted, times),
  }
}

function weightByPoints(
  { cost, weight, ofPoints: { values, rank } }: SortedCases,
  times: Uint32Array,
): Pick<Sample, 'points' | 'pointsWeight' | 'pointsSpend'> {
  const [weights, spends] = [new Float64Array(values.length), new Float64Array(values.length)]
  for (let row = 0; row < times.length; row += 1) {
    const own = at(times, row) * at(weight, row)
    const place = at(rank, row)
    weights[place] = at(weights, place) + own
    spends[place] = at(spends, place) + own * at(cost, row)
  }
  return {
    points: held(values, weights),
    pointsWeight: held(weights, weights),
    pointsSpend: held(spends, weights),
  }
}

function weightByCost(
  { weight, byCost, ofCost: { values, rank } }: SortedCases,
  times: Uint32Array,
): CostWeights {
  const weights = new Float64Array(values.length)
  for (let i = 0; i < times.length; i += 1) {
    const row = at(byCost, i)
    const place = at(rank, row)
    weights[place] = at(weights, place) + at(times, row) * at(weight, row)
  }
  return { costs: held(values, weights), costWeight: held(weights, weights) }
}

/** The values that somebody holds. */
function held(values: Float64Array, weights: Float64Array): Float64Array {
  const some = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i += 1) {
    some[count] = at(values, i)
    if (at(weights, i) > 0) count += 1
  }
  return some.subarray(0, count)
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
