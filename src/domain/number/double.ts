// Doubles for diagnostics: the only door from exact numbers to floating point, and back to decimal text. No sum of
// money that anyone is paid passes through here.
import { type Decimal, decimal } from './decimal.ts'
import { fractionOf } from './decimal-fraction.ts'
import type { Fraction } from './fraction.ts'
import { wholeNumber } from './whole-number.ts'

const UNIT = 2 ** 52

/** The entry at `index`, which the caller knows is there. */
export function entryAt(values: Float64Array | Uint32Array, index: number): number {
  return values[index] as number
}

/** A fraction as a double, off by 2⁻⁵² or a unit in its last place at most. */
export function fractionDouble({ n, d }: Fraction): number {
  const whole = n / d
  const part = ((n - whole * d) * BigInt(UNIT)) / d
  return wholeNumber(whole) + wholeNumber(part) / UNIT
}

/** A decimal string as a double. */
export function textDouble(text: string): number {
  return fractionDouble(fractionOf(text))
}

/** A decimal as a double. */
export function decimalDouble(value: Decimal): number {
  return textDouble(value.toFixed())
}

/** A double as decimal text of so many places, at most 4; zero has no sign. */
export function figureText(value: number, places: 0 | 2 | 4): string {
  if (!Number.isFinite(value)) throw new Error('a figure to be shown is not a number')
  return unsigned(value.toFixed(places))
}

function unsigned(text: string): string {
  return /^-[0.]*$/.test(text) ? text.slice(1) : text
}

/**
 * Pence as pounds: `"545.65"`. A reader lays bands and changes beside the table, so halves are rounded as its amounts
 * are, by what the double reads as in decimals: a division by 100 would move a half to its nearest double first.
 */
export function poundsText(pence: number): string {
  if (!Number.isFinite(pence)) throw new Error('an amount to be shown is not a number')
  return unsigned(decimal(String(pence)).div(100).toFixed(2))
}

/** A ratio, or null where there is nothing to divide by. */
export function ratioText(numerator: number, denominator: number): string | null {
  return denominator === 0 ? null : figureText(numerator / denominator, 4)
}
