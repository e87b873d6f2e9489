// The few sums that a page does for itself, on decimal strings. How figures are written: domain/number/in-words.ts.
import { decimal } from '../domain/number/decimal.ts'
import { plain } from '../domain/number/in-words.ts'

/** Points kept in hundredths, in words: 1250 is "12.5". */
export function pointsText(hundredths: number): string {
  return plain(pointsOf(hundredths))
}

/** Points kept in hundredths as a decimal string. */
export function pointsOf(hundredths: number): string {
  return decimal(String(hundredths)).div(100).toFixed()
}

/** Points in whole hundredths: "12.5" is 1250. */
export function hundredthsOf(points: string): number {
  return decimal(points).times(100).toNumber()
}

/** Pence as a decimal string of pounds. */
export function poundsOfPence(pence: number): string {
  return decimal(String(pence)).div(100).toFixed(2)
}

/** Without the sign. */
export function size(value: string): string {
  return decimal(value).abs().toFixed()
}

/** A sum divided by a count, to the penny; null without anybody. */
export function each(sum: string, count: string): string | null {
  const people = decimal(count)
  return people.isZero() ? null : decimal(sum).div(people).toDecimalPlaces(2).toFixed(2)
}
