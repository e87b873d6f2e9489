// How sums of a cohort are written. Every sum of money is held as pence × ten-thousandths of a person, exactly, and
// is rounded once, here, when it becomes a figure: halves away from zero, never a minus before a zero.
import { Decimal } from './decimal.ts'
import { type Fraction, roundHalfUp } from './fraction.ts'

/** One pound of one person. */
const POUND = 1_000_000n
const PERSON = 10_000n

/** For roots and distributions: wide enough for every place that is printed, and the same on every machine. */
export const Diagnostic = Decimal.clone({ precision: 40 })

/** `n ÷ d` with so many places: fixed({ n: 2n, d: 3n }, 2) = "0.67". */
export function fixed({ n, d }: Fraction, places: number): string {
  const scale = 10n ** BigInt(places)
  const scaled = roundHalfUp({ n: n * scale, d })
  const size = magnitude(scaled)
  const whole = `${scaled < 0n ? '-' : ''}${size / scale}`
  return places === 0 ? whole : `${whole}.${String(size % scale).padStart(places, '0')}`
}

/** A sum of pence × ten-thousandths in pounds and pence. */
export function pounds(sum: bigint): string {
  return fixed({ n: sum, d: POUND }, 2)
}

/** An exact number of pence in pounds and pence. */
export function poundsOf({ n, d }: Fraction): string {
  return fixed({ n, d: d * 100n }, 2)
}

/** A weight in people, exactly: "68", or "68.25" where weights are parts of people. */
export function people(weight: bigint): string {
  return fixed({ n: weight, d: PERSON }, 4).replace(/\.?0+$/, '')
}

/** What one person has on average of a sum, in pounds; null where there is nobody. */
export function average(sum: bigint, weight: bigint, places: 0 | 2 = 2): string | null {
  return weight === 0n ? null : fixed({ n: sum, d: weight * 100n }, places)
}

/** `part` as a percentage of `whole`, with two places; null where the whole is nothing. */
export function percentage(part: bigint, whole: bigint): string | null {
  return whole === 0n ? null : fixed({ n: part * 100n, d: whole }, 2)
}

/**
 * The standard deviation, in pounds, of pence whose weighted sum and weighted sum of squares are given, over the
 * people themselves (not an estimate for others); null where there is nobody.
 */
export function standardDeviation(sum: bigint, squares: bigint, weight: bigint): string | null {
  if (weight === 0n) return null
  const root = new Diagnostic(String(squares * weight - sum * sum)).sqrt()
  return root.div(String(weight * 100n)).toFixed(2)
}

/** The order of names wherever a result lists them, the same on every machine; what has no name comes last. */
export function byName(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
