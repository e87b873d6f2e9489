// Exact decimals for money and points. Every value that decides a figure passes through this constructor:
// wide enough that no sum or product the schemas allow is ever rounded by accident; rounding is always explicit.

import { Decimal as DecimalJs } from 'decimal.js'
import type { RoundingMode } from '../../contract/documents/calibration-table.ts'

export const Decimal = DecimalJs.clone({
  precision: 400,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})
export type Decimal = DecimalJs

export const ZERO: Decimal = new Decimal(0)
export const ONE: Decimal = new Decimal(1)
export const PENNY: Decimal = new Decimal('0.01')

/** A decimal string (`"28.00"`) as an exact number. The schemas have already refused anything else. */
export function decimal(text: string): Decimal {
  return new Decimal(text)
}

/**
 * `numerator ÷ denominator`, rounded once to a multiple of `to`. Exact: the quotient is never held as a
 * shortened decimal, so there is no double rounding. All arguments are ≥ 0, denominator and `to` > 0.
 * roundFraction(54564.87 × 34, 100, 0.01, 'half-up') = 18552.06
 */
export function roundFraction(
  numerator: Decimal,
  denominator: Decimal,
  to: Decimal,
  mode: RoundingMode,
): Decimal {
  const step = denominator.times(to)
  const whole = numerator.divToInt(step)
  const rest = numerator.minus(whole.times(step))
  return (roundsUp(whole, rest, step, mode) ? whole.plus(ONE) : whole).times(to)
}

function roundsUp(whole: Decimal, rest: Decimal, step: Decimal, mode: RoundingMode): boolean {
  if (mode === 'down' || rest.isZero()) return false
  if (mode === 'up') return true
  const half = rest.plus(rest).comparedTo(step)
  return half > 0 || (half === 0 && (mode === 'half-up' || !whole.mod(2).isZero()))
}

/** Rounded half-up to 2 places: pence, or hundredths of a point. */
export function round2(value: Decimal): Decimal {
  return value.toDecimalPlaces(2, DecimalJs.ROUND_HALF_UP)
}

/** Pounds as JSON carries them: `"18552.06"`. */
export function formatMoney(value: Decimal): string {
  return value.toFixed(2)
}

/** Points as JSON carries them: at least two places, and every further place that is really there (`"9.375"`). */
export function formatPoints(value: Decimal): string {
  return value.toFixed(Math.max(2, value.decimalPlaces()))
}
