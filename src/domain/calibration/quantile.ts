// Quantiles of weighted whole numbers: the value at which so large a share of all weight is reached, or the middle of
// two values where the share falls exactly between them. A weight acts as if the row stood there repeatedly.
import { checked } from '../errors.ts'
import { type Fraction, fraction } from './fraction.ts'

export type Weighted = { readonly value: bigint; readonly weight: number }

/** The values in rising order, with the weight up to and including each. */
export type Ranked = { readonly values: readonly bigint[]; readonly upTo: readonly bigint[] }

export function ranked(values: readonly Weighted[]): Ranked {
  const sorted = values.toSorted((a, b) => rising(a.value, b.value))
  let sum = 0n
  const upTo = sorted.map(({ weight }) => {
    sum += BigInt(weight)
    return sum
  })
  return { values: sorted.map(({ value }) => value), upTo }
}

/** The quantile at so many quarters (0 to 4) of values that are not empty. */
export function quarter({ values, upTo }: Ranked, quarters: 0 | 1 | 2 | 3 | 4): Fraction {
  const share = checked(upTo.at(-1)) * BigInt(quarters)
  const at = upTo.findIndex((weight) => weight * 4n >= share)
  const here = checked(values[at])
  const between = checked(upTo[at]) * 4n === share && at + 1 < values.length
  return between ? fraction(here + checked(values[at + 1]), 2n) : fraction(here)
}

function rising(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
