// A cohort sorted once, so that every resample is a pass over arrays. The order is by what the people are, never by
// the order of the rows, so the same cohort gives the same figures however it was uploaded.
import { entryAt } from '../../number/double.ts'
import { ranked } from '../../number/weighted-values.ts'
import type { Case } from '../cohort/case.ts'
import type { CostWeights, Sample } from '../methods/sample.ts'

/** Cases by points, then cost, weight, group and ref, with what is counted of each. */
export type SortedCases = {
  readonly cases: readonly Case[]
  /** Hundredths of a point, rising. */
  readonly points: Float64Array
  /** Pence. */
  readonly cost: Float64Array
  /** Ten-thousandths. */
  readonly weight: Float64Array
  /** The distinct points and costs, rising, and which of them each case has. */
  readonly ofPoints: Ranks
  readonly ofCost: Ranks
}

type Ranks = ReturnType<typeof ranked>

export function sortedCases(given: readonly Case[]): SortedCases {
  const cases = inOrder(given)
  const points = Float64Array.from(cases, (row) => row.points)
  const cost = Float64Array.from(cases, (row) => row.cost)
  const weight = Float64Array.from(cases, (row) => row.weight)
  return { cases, points, cost, weight, ofPoints: ranked(points), ofCost: ranked(cost) }
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
export function sampleOf(sorted: SortedCases, rows: Uint32Array): Sample<number> {
  const times = new Uint32Array(sorted.cases.length)
  for (let i = 0; i < rows.length; i += 1) times[entryAt(rows, i)] = entryAt(times, entryAt(rows, i)) + 1
  const { ofPoints, ofCost, cost } = sorted
  const weights = weightsOf(sorted, ofPoints, times)
  const spends = weightsOf(sorted, ofPoints, times, cost)
  const [weight, spend] = [held(weights, weights), held(spends, weights)]
  return {
    points: held(ofPoints.values, weights),
    weight,
    spend,
    totalWeight: total(weight),
    totalSpend: total(spend),
    byCost: (): CostWeights => {
      const byCost = weightsOf(sorted, ofCost, times)
      return { cost: held(ofCost.values, byCost), weight: held(byCost, byCost) }
    },
  }
}

// The weight at each distinct value; or the spend, where costs are given.
function weightsOf(
  { weight }: SortedCases,
  { values, rank }: Ranks,
  times: Uint32Array,
  cost?: Float64Array,
): Float64Array {
  const sums = new Float64Array(values.length)
  for (let row = 0; row < times.length; row += 1) {
    const own = entryAt(times, row) * entryAt(weight, row)
    const place = entryAt(rank, row)
    sums[place] = entryAt(sums, place) + (cost === undefined ? own : own * entryAt(cost, row))
  }
  return sums
}

/** The values that somebody holds. */
function held(values: Float64Array, weights: Float64Array): Float64Array {
  const some = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i += 1) {
    some[count] = entryAt(values, i)
    if (entryAt(weights, i) > 0) count += 1
  }
  return some.subarray(0, count)
}

/** Every case once. */
export function wholeSample(sorted: SortedCases): Sample<number> {
  return sampleOf(sorted, rowsWithout(sorted))
}

/** Every case once, but for one that may be left out. */
export function rowsWithout(sorted: SortedCases, left?: number): Uint32Array {
  return Uint32Array.from(sorted.cases.keys()).filter((row) => row !== left)
}

export function total(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += entryAt(values, i)
  return sum
}
