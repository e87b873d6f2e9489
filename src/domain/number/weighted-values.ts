// Distinct values in order, each with the weight up to it: what quantiles, places and percentiles are read from. A
// whole weight counts as so many equal rows. Values and weights are whole numbers, so nothing is lost in adding them.
import { present } from '../present.ts'
import type { Arithmetic } from './arithmetic.ts'
import { entryAt } from './double.ts'
import { type Fraction, fraction } from './fraction.ts'

/** Values rising, and the weight (ten-thousandths) up to and with each. Never empty. */
export type WeightedValues = { readonly values: Float64Array; readonly upTo: Float64Array }

/** The weight of one person. */
const PERSON = 10_000

/** The rows by one of their values. */
export function weightedValues<Row extends { readonly weight: number }>(
  rows: readonly Row[],
  of: (row: Row) => number,
): WeightedValues {
  const weights = new Map<number, number>()
  // Many people share a value: their weights are added up before anything is sorted.
  for (const row of rows) weights.set(of(row), (weights.get(of(row)) ?? 0) + row.weight)
  const values = Float64Array.from(weights.keys()).sort()
  return { values, upTo: runningSums(values.map((value) => present(weights.get(value)))) }
}

/** Each weight with all before it. */
export function runningSums(weights: Float64Array): Float64Array {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}

/** The distinct values of a column, rising, and which of them each row has. */
export function ranked(column: Float64Array): { readonly values: Float64Array; readonly rank: Uint32Array } {
  const values = Float64Array.from(new Set(column)).sort()
  const ranks = new Map(Array.from(values, (value, i) => [value, i]))
  return { values, rank: Uint32Array.from(column, (value) => present(ranks.get(value))) }
}

/** The quantile at so many quarters: of two values that it falls exactly between, their middle. */
export function quarter({ values, upTo }: WeightedValues, quarters: 0 | 1 | 2 | 3 | 4): Fraction {
  const share = (weightOf(upTo) * quarters) / 4
  let found = 0
  while (present(upTo[found]) < share) found += 1
  const here = present(values[found])
  const between = present(upTo[found]) === share && found + 1 < values.length
  const next = between ? present(values[found + 1]) : here
  return fraction(BigInt(here) + BigInt(next), 2n)
}

function weightOf(upTo: Float64Array): number {
  return present(upTo[upTo.length - 1])
}

/** From the first person to the last, as a place for `valueAt`. */
export function wayOf({ upTo }: WeightedValues): number {
  return Math.max(0, weightOf(upTo) - PERSON)
}

/**
 * The value at a place, counted in ten-thousandths of a person from the first: 0 is the first person. Between one
 * person and the next it is a straight line, so at a share of the way it is PERCENTILE.INC.
 */
export function valueAt<N>(arithmetic: Arithmetic<N>, among: WeightedValues, place: N): N {
  const { whole, ratio, floor, minus, plus, times } = arithmetic
  const people = ratio(place, whole(PERSON))
  const below = floor(people)
  const here = whole(stepAt(among, below * PERSON))
  const next = whole(stepAt(among, (below + 1) * PERSON))
  return plus(here, times(minus(next, here), minus(people, whole(below))))
}

/** The value that stands at a place: the last one's at the very end. */
function stepAt({ values, upTo }: WeightedValues, place: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entryAt(upTo, middle) > place) high = middle
    else low = middle + 1
  }
  return entryAt(values, low)
}
