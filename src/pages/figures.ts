// Figures as people read them: £12,346, −£500, +6.2 %. Rounded for reading, once, from the exact decimal string.
import { Decimal, decimal } from '../domain/number/decimal.ts'
import { type Cell, HIDDEN_MARK } from './table.ts'

/** "-1234.5" in pounds: −£1,235. */
export function inPounds(value: string, places: 0 | 2 = 0, signed = false): string {
  return signOf(value, places, signed, (size) => `£${size}`)
}

/** "6.24" per cent, to one place: 6.2 %. */
export function inPercent(value: string, signed = false): string {
  return signOf(value, 1, signed, (size) => `${size} %`)
}

/** A share from 0 to 1 as a whole per cent. */
export function shareInPercent(share: string): string {
  return `${decimal(share).times(100).toDecimalPlaces(0).toFixed(0)} %`
}

/** Points and counts: no zeros that say nothing, thousands apart. */
export function plain(value: string): string {
  const number = decimal(value)
  return signOf(value, Math.min(4, number.decimalPlaces()), false, (size) => size)
}

/** Points kept in hundredths. */
export function pointsText(hundredths: number): string {
  return plain(decimal(String(hundredths)).div(100).toFixed())
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

export function plural(count: number, one: string, many: string): string {
  return `${plain(String(count))} ${count === 1 ? one : many}`
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** A cell as a page prints it. */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'pounds':
      return inPounds(cell.value, cell.places, cell.signed)
    case 'percent':
      return inPercent(cell.value, cell.signed)
    case 'number':
      return plain(cell.value)
    case 'hidden':
      return HIDDEN_MARK
    case 'nothing':
      return '–'
  }
}

function signOf(value: string, places: number, signed: boolean, written: (size: string) => string): string {
  const rounded = decimal(value).toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
  const [whole = '', rest] = rounded.abs().toFixed(places).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const digits = written(rest === undefined ? grouped : `${grouped}.${rest}`)
  if (rounded.isZero()) return digits
  return `${rounded.isNegative() ? '−' : signed ? '+' : ''}${digits}`
}
