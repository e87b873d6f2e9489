// Dates and quotations as plain English. Written out here, since a locale's own formatter changes with the platform,
// and an explanation must read the same years later.
import { decimal } from '../number/decimal.ts'
import { listed } from '../number/in-words.ts'

const MONTHS: Readonly<Record<string, string>> = {
  '01': 'January',
  '02': 'February',
  '03': 'March',
  '04': 'April',
  '05': 'May',
  '06': 'June',
  '07': 'July',
  '08': 'August',
  '09': 'September',
  '10': 'October',
  '11': 'November',
  '12': 'December',
}

/** `"2026-11-16"` is 16 November 2026. */
export function dateInWords(date: string): string {
  const [year, month = '', day = ''] = date.split('-')
  return `${day.replace(/^0/, '')} ${MONTHS[month]} ${year}`
}

/** Somebody else's words, marked as such, on one line. */
export function quoted(text: string): string {
  return `“${oneLine(text)}”`
}

/** A quotation that closes its sentence. */
export function quotedSentence(text: string): string {
  return `“${sentence(text)}”`
}

/** Somebody else's words as a sentence of ours: on one line, with its full stop. */
export function sentence(text: string): string {
  const words = oneLine(text)
  return /[.!?]$/.test(words) ? words : `${words}.`
}

/** `“a”, “b” and “c”`: quoted, because the titles have commas of their own. */
export function listedTitles(titles: readonly string[]): string {
  return listed(titles.map(quoted))
}

export function isZero(text: string): boolean {
  return decimal(text).isZero()
}

export function isNegative(text: string): boolean {
  return decimal(text).lessThan(0)
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
