// Decimal strings in, decimal strings out, exact fractions between: the numbers a council states (a price, a slope)
// and the numbers a method found, as a document prints them.

import { type Fraction, fraction, roundHalfUp } from './fraction.ts'
import { inPounds } from './in-words.ts'
import { wholeNumber } from './whole-number.ts'

/** `"-28247.009"` exactly. The schemas have already refused anything that is not a decimal number. */
export function fractionOf(text: string): Fraction {
  const [whole = '', part = ''] = text.split('.')
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length))
}

/** Pounds, as documents state money, in the pence the methods count in. */
export function penceOf(pounds: string): Fraction {
  const { n, d } = fractionOf(pounds)
  return fraction(n * 100n, d)
}

/** Rounded half-up to `places`, without needless zeros at the end: `"573.9130434783"`. */
export function decimalText(value: Fraction, places = 10): string {
  return trimmed(fixedText(value, places))
}

/** Without needless zeros at the end: trimmed("1.50") = "1.5". */
export function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Pence as a person reads pounds: `"£13,200.00"`. */
export function pounds({ n, d }: Fraction): string {
  return inPounds(fixedText({ n, d: d * 100n }, 2), 2)
}

/** Pounds as pence, or points as hundredths of a point, rounded half-up: `"17.85"` is 1785. */
export function hundredthsIn(text: string): number {
  return wholeNumber(roundHalfUp(penceOf(text)))
}

/** A whole number of hundredths (points) or pence (pounds) with its two decimals: `1785` is `"17.85"`. */
export function hundredthsText(value: number | bigint): string {
  return fixedText({ n: BigInt(value), d: 100n }, 2)
}

function fixedText({ n, d }: Fraction, places: number): string {
  const scaled = roundHalfUp({ n: n * 10n ** BigInt(places), d })
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  const whole = digits.slice(0, digits.length - places)
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-places)}`
}
