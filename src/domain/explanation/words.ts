// Figures, dates and quotations as plain English. Written out here, on strings: a locale's own formatter goes
// through floats and changes with the platform, and an explanation must read the same years later.
import { decimal } from '../number/decimal.ts'

/** A decimal string as people write it: `"1250.50"` is 1,250.5 and `"25.00"` is 25. */
export function number(text: string): string {
  const [whole = '', places = ''] = text.split('.')
  const kept = places.replace(/0+$/, '')
  return kept === '' ? thousands(whole) : `${thousands(whole)}.${kept}`
}

/** An amount of pounds, without its sign: `"13641.20"` is £13,641.20 and `"1000.00"` is £1,000. */
export function pounds(amount: string): string {
  const [whole = '', places = ''] = unsigned(amount).split('.')
  const pence = places.replace(/0+$/, '')
  return pence === '' ? `£${thousands(whole)}` : `£${thousands(whole)}.${pence.padEnd(2, '0')}`
}

export function points(text: string): string {
  return number(text) === '1' ? '1 point' : `${number(text)} points`
}

export function percent(fraction: string): string {
  return `${number(decimal(fraction).times(100).toFixed())}%`
}

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
export function listed(titles: readonly string[]): string {
  const all = titles.map(quoted)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.slice(-1)}`
}

export function isZero(text: string): boolean {
  return decimal(text).isZero()
}

export function isNegative(text: string): boolean {
  return decimal(text).lessThan(0)
}

function thousands(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',')
}

function unsigned(text: string): string {
  return text.replace(/^-/, '')
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
