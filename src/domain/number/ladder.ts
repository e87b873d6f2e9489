// A cohort's values in order, each with the weight that stands on it. A whole weight counts as so many equal rows.

import type { Case } from '../calibration/cohort/case.ts'
import { present } from '../present.ts'
import { type Fraction, fraction, ZERO } from './fraction.ts'

/** Distinct values, lowest first, and the weight (ten-thousandths) up to and with each. */
export type Ladder = { readonly values: readonly number[]; readonly upTo: readonly number[] }

const PERSON = 10_000n

/** The cases' values (costs, points) in order. */
export function ladder(cases: readonly Case[], readValue: (one: Case) => number): Ladder {
  const weights = new Map<number, number>()
  for (const one of cases) {
    const value = readValue(one)
    weights.set(value, (weights.get(value) ?? 0) + one.weight)
  }
  const steps = [...weights].sort(([a], [b]) => a - b)
  let sum = 0
  return {
    values: steps.map(([value]) => value),
    upTo: steps.map(([, weight]) => {
      sum += weight
      return sum
    }),
  }
}

/** All of the weight. */
export function weightOf({ upTo }: Ladder): bigint {
  return BigInt(present(upTo.at(-1)))
}

/** A share of the way (0 to 1) from the first person to the last, as a place for `valueAt`. */
export function placeOf(rungs: Ladder, share: Fraction): Fraction {
  const way = weightOf(rungs) - PERSON
  return way <= 0n ? ZERO : fraction(share.n * way, share.d)
}

/** PERCENTILE.INC: the value a share of the way up, on a straight line between one person and the next. */
export function percentile(rungs: Ladder, share: Fraction): Fraction {
  return valueAt(rungs, placeOf(rungs, share))
}

/** The value at a place, counted in ten-thousandths of a person from the first: 0 is the first person. */
export function valueAt(rungs: Ladder, { n, d }: Fraction): Fraction {
  const whole = n / (d * PERSON)
  const rest = n - whole * d * PERSON
  const here = stepAt(rungs, whole * PERSON)
  if (rest === 0n) return fraction(here)
  const next = stepAt(rungs, (whole + 1n) * PERSON)
  return fraction(here * d * PERSON + (next - here) * rest, d * PERSON)
}

function stepAt(rungs: Ladder, place: bigint): bigint {
  return BigInt(present(rungs.values[rungAt(rungs, place)]))
}

/** The index of the value that stands at a place: the last one's at the very end. */
export function rungAt({ values, upTo }: Ladder, place: bigint): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (BigInt(present(upTo[middle])) > place) high = middle
    else low = middle + 1
  }
  return low
}
