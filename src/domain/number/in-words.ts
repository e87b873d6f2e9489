// Figures as people read them, written here for explanations, reports, charts and warnings alike: £12,346, −£500, 15%.
// On decimal strings: a locale's own formatter goes through floats and changes with the platform, and a figure must
// read the same years later. Nothing is computed here but one rounding for reading, half away from zero.
import { Decimal, decimal } from './decimal.ts'

/** Pounds, rounded for reading: inPounds('-1234.5') = "−£1,235"; with its sign: "+£1,235". */
export function inPounds(value: string, places: 0 | 2 = 0, signed = false): string {
  return signOf(value, places, signed, (size) => `£${size}`)
}

/** The size of an amount to the penny, no pence where there are none: "£13,641.20", "£1,000". Its sign is left to words. */
export function inPoundsAndPence(amount: string): string {
  return inPounds(decimal(amount).abs().toFixed(), decimal(amount).isInteger() ? 0 : 2)
}

/** A percentage, to one place: inPercent('6.24') = "6.2%"; with its sign: "+6.2%". */
export function inPercent(percentage: string, signed = false): string {
  return signOf(percentage, 1, signed, (size) => `${size}%`)
}

/** A fraction as a percentage, exactly: fractionInPercent('0.125') = "12.5%". */
export function fractionInPercent(fraction: string): string {
  return `${plain(decimal(fraction).times(100).toFixed())}%`
}

/** A fraction as a whole percentage: shareInPercent('0.4478') = "45%". */
export function shareInPercent(share: string): string {
  return signOf(decimal(share).times(100).toFixed(), 0, false, (size) => `${size}%`)
}

/** Any number, exactly: no zeros that say nothing, thousands apart. plain('3456.50') = "3,456.5". */
export function plain(value: string): string {
  return signOf(value, decimal(value).decimalPlaces(), false, (size) => size)
}

/** "1 point", "25 points". */
export function inPoints(points: string): string {
  return `${plain(points)} ${decimal(points).equals(1) ? 'point' : 'points'}`
}

/** "1 row", "1,200 rows". */
export function plural(count: number, one: string, many: string): string {
  return `${plain(String(count))} ${count === 1 ? one : many}`
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Two printed figures as a range, or as one where they read alike: fromTo('£1', '£2') = "from £1 to £2". */
export function fromTo(low: string, high: string): string {
  return low === high ? low : `from ${low} to ${high}`
}

function signOf(value: string, places: number, signed: boolean, written: (size: string) => string): string {
  const rounded = decimal(value).toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
  const [whole = '', rest] = rounded.abs().toFixed(places).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const digits = written(rest === undefined ? grouped : `${grouped}.${rest}`)
  if (rounded.isZero()) return digits
  return `${rounded.isNegative() ? '−' : signed ? '+' : ''}${digits}`
}
