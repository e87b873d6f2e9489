// Quantiles of weighted whole numbers: the value at which so large a share of all weight is reached, or the middle of
// two values where the share falls exactly between them. A weight acts as if the row stood there repeatedly.
import { present } from '../present.ts'
import { type Fraction, fraction } from './fraction.ts'

/** The distinct values in rising order, with the weight up to and including each. */
export type Ranked = { readonly values: readonly bigint[]; readonly upTo: readonly bigint[] }

export function ranked<Row extends { readonly weight: number }>(
  rows: readonly Row[],
  of: (row: Row) => bigint,
): Ranked {
  // Many people share a value: their weights are added up before anything is sorted.
  const weights = new Map<bigint, number>()
  for (const row of rows) weights.set(of(row), (weights.get(of(row)) ?? 0) + row.weight)
  const values = [...weights.keys()].sort(rising)
  let sum = 0n
  const upTo = values.map((value) => {
    sum += BigInt(present(weights.get(value)))
    return sum
  })
  return { values, upTo }
}

/** The quantile at so many quarters (0 to 4) of values that are not empty. */
export function quarter({ values, upTo }: Ranked, quarters: 0 | 1 | 2 | 3 | 4): Fraction {
  const share = present(upTo.at(-1)) * BigInt(quarters)
  const at = upTo.findIndex((weight) => weight * 4n >= share)
  const here = present(values[at])
  const between = present(upTo[at]) * 4n === share && at + 1 < values.length
  return between ? fraction(here + present(values[at + 1]), 2n) : fraction(here)
}

// No two are equal.
function rising(a: bigint, b: bigint): number {
  return a < b ? -1 : 1
}
