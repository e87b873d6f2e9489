// What a method counts with. Each method is written once, over an arithmetic: exact fractions make every table, doubles
// make the thousands of refits that say how far a table can be trusted. Points, costs and weights are whole numbers and
// the same in both.

import { onOneBoundedDenominator, onOneDenominator } from './common-denominator.ts'
import { fractionDouble } from './double.ts'
import { fixed as fixedText } from './figures.ts'
import { type Fraction, fraction } from './fraction.ts'
import { wholeNumber } from './whole-number.ts'

export type Arithmetic<N> = {
  readonly whole: (value: number) => N
  /** A stated number, or one that is the same for every sample. */
  readonly from: (exact: Fraction) => N
  readonly plus: (a: N, b: N) => N
  readonly minus: (a: N, b: N) => N
  readonly times: (a: N, b: N) => N
  readonly ratio: (a: N, b: N) => N
  /** Below 0, 0 or above 0. Doubles that differ by less than a hair are equal, as the exact numbers they stand for are. */
  readonly compare: (a: N, b: N) => number
  /** The whole number at or below a value that is not below 0. */
  readonly floor: (value: N) => number
  /** The same values ready to be summed over and over; null where they always are. */
  readonly shared: ((values: readonly N[]) => readonly N[]) | null
  /** The same, or each fixed to ten decimals where sums would otherwise grow without bound; null where none do. */
  readonly settled: ((values: readonly N[]) => readonly N[]) | null
  /** Text with so many decimals, halves away from zero. */
  readonly fixed: (value: N, places: number) => string
}

export const EXACT: Arithmetic<Fraction> = {
  whole: (value) => ({ n: BigInt(value), d: 1n }),
  from: (exact) => exact,
  plus: (a, b) => summed(a, b.n, b.d),
  minus: (a, b) => summed(a, -b.n, b.d),
  // Not brought to lowest terms: products of numbers on one denominator stay on one.
  times: (a, b) => ({ n: a.n * b.n, d: a.d * b.d }),
  ratio: (a, b) => (a.d === b.d ? fraction(a.n, b.n) : fraction(a.n * b.d, a.d * b.n)),
  compare: (a, b) => signOf(a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d),
  floor: ({ n, d }) => wholeNumber(n / d),
  shared: (values) => overOne(onOneDenominator(values)),
  settled: (values) => overOne(onOneBoundedDenominator(values.map(({ n, d }) => fraction(n, d)))),
  fixed: fixedText,
}

function summed(a: Fraction, n: bigint, d: bigint): Fraction {
  if (a.d === d) return { n: a.n + n, d }
  if (d % a.d === 0n) return { n: a.n * (d / a.d) + n, d }
  if (a.d % d === 0n) return { n: a.n + n * (a.d / d), d: a.d }
  return fraction(a.n * d + n * a.d, a.d * d)
}

function signOf(value: bigint): number {
  return value === 0n ? 0 : value > 0n ? 1 : -1
}

function overOne({
  numerators,
  denominator: d,
}: {
  readonly numerators: readonly bigint[]
  readonly denominator: bigint
}): readonly Fraction[] {
  return numerators.map((n) => ({ n, d }))
}

/** Wider than what a sum of thousands of doubles is off by, narrower than any difference between real cohorts. */
const HAIR = 1e-13

export const DOUBLES: Arithmetic<number> = {
  whole: (value) => value,
  from: fractionDouble,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  ratio: (a, b) => a / b,
  compare: (a, b) => {
    const gap = a - b
    const hair = HAIR * Math.max(Math.abs(a), Math.abs(b))
    return gap > hair || gap < -hair ? gap : 0
  },
  floor: (value) => Math.floor(value + HAIR * value),
  shared: null,
  settled: null,
  fixed: (value, places) => value.toFixed(places),
}
