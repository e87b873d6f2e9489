// How the curve was read, in words and in figures, for each place where a number of points can fall.
// `a0 + (a1 − a0) × (p − p0) ÷ (p1 − p0)`: the same exact fraction as the engine's, in the order people do it.
import { decimal, formatMoney, formatPoints } from '../number/decimal.ts'
import { inPoints, inPoundsAndPence, plain } from '../number/in-words.ts'
import { type PricedInput, stepOf } from './line.ts'
import { curveOf } from './table.ts'
import { isZero } from './words.ts'

type KnotShown = { readonly points: string; readonly amountAnnual: string }
type Reading = { readonly points: string; readonly amount: string }

/** From points to the first amount, before any adjustment. */
export function readingText(input: PricedInput): string {
  const { place, from, to, points, change } = stepOf(input.allocation, 'curve')
  const reading = { points, amount: change }
  if (place === 'below-first') return belowText(reading, to, input)
  if (from === null) throw new Error('a reading on or above the curve has a knot to start from')
  if (place === 'above-last') return aboveText(reading, from)
  if (place === 'on-step') return stepText(reading, from, input)
  return to === null ? exactText(reading) : segmentText(reading, from, to)
}

function segmentText(reading: Reading, from: KnotShown, to: KnotShown): string {
  const up = formatPoints(decimal(reading.points).minus(from.points))
  const width = formatPoints(decimal(to.points).minus(from.points))
  const rise = formatMoney(decimal(to.amountAnnual).minus(from.amountAnnual))
  if (isZero(up) || decimal(up).eq(width)) return exactText(reading)
  const start = isZero(from.amountAnnual) ? '' : `${inPoundsAndPence(from.amountAnnual)} + `
  const ends = `In the table, ${inPoints(from.points)} give ${inPoundsAndPence(from.amountAnnual)} a year and ${inPoints(to.points)} give ${inPoundsAndPence(to.amountAnnual)}.`
  const share = `Your ${inPoints(reading.points)} lie between them, ${plain(up)} of the ${plain(width)} points up from the lower one. So you get that share of the ${inPoundsAndPence(rise)} between the two amounts.`
  const sum = `${start}${inPoundsAndPence(rise)} × ${plain(up)} ÷ ${plain(width)} = ${inPoundsAndPence(reading.amount)} a year, to the nearest penny.`
  return `${ends} ${share} The sum is: ${sum}`
}

function exactText({ points: own, amount }: Reading): string {
  return `The table has an amount for exactly ${inPoints(own)}: ${inPoundsAndPence(amount)} a year.`
}

function stepText(
  { points: own, amount }: Reading,
  from: KnotShown,
  { answers, table }: PricedInput,
): string {
  const { knots } = curveOf(table.curves, answers.userGroup)
  const next = knots.find((knot) => decimal(knot.points).greaterThan(from.points))
  const range =
    next === undefined
      ? `From ${inPoints(from.points)} upwards`
      : `From ${inPoints(from.points)} until the next step, at ${inPoints(next.points)},`
  return `The table goes up in steps. ${range} it gives ${inPoundsAndPence(from.amountAnnual)} a year. You have ${inPoints(own)}, so the amount is ${inPoundsAndPence(amount)} a year.`
}

function belowText({ points: own, amount }: Reading, to: KnotShown | null, { table }: PricedInput): string {
  if (to === null) throw new Error('a reading below the curve has a first knot to reach')
  const first = `The table begins at ${inPoints(to.points)}, which give ${inPoundsAndPence(to.amountAnnual)} a year. You have ${inPoints(own)}, which is fewer.`
  if (table.belowFirst === 'hold')
    return `${first} Below its beginning the table gives the same ${inPoundsAndPence(amount)} a year.`
  if (table.belowFirst === 'zero') return `${first} Below its beginning the table gives no money.`
  return `${first} Below its beginning the amount falls evenly to £0 at 0 points. The sum is: ${inPoundsAndPence(to.amountAnnual)} × ${plain(own)} ÷ ${plain(to.points)} = ${inPoundsAndPence(amount)} a year, to the nearest penny.`
}

function aboveText({ points: own, amount }: Reading, { points: last }: KnotShown): string {
  return `The highest entry in the table is for ${inPoints(last)}. You have ${inPoints(own)}, which is beyond what the table covers. The amount shown is the one for ${inPoints(last)}: ${inPoundsAndPence(amount)} a year. It is a starting point and not a limit.`
}
