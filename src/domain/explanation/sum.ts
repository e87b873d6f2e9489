// The arithmetic from points to pounds, written out so that it can be done again on paper: the reading of the
// curve, each adjustment with its reason, the rounding, the weekly figure, and what a cap does and does not do.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { WorkingLine } from '../../contract/allocation/working.ts'
import { inPoundsAndPence, plain } from '../number/in-words.ts'
import { type PricedInput, section, stepOf, stepsOf } from './line.ts'
import { readingText } from './reading.ts'
import { isNegative, isZero, quoted, quotedSentence } from './words.ts'

const say = section('sum')

export function sumLines(input: PricedInput): readonly ExplanationLine[] {
  const { allocation } = input
  const { change, cumulative, points } = stepOf(allocation, 'curve')
  const adjustments = stepsOf(allocation, 'adjustment')
  return [
    say(readingText(input), { points, change, cumulative }),
    ...adjustments.map((line, i) => adjustmentLine(line, input.table.adjustments[i]?.reason)),
    ...(adjustments.length === 0
      ? []
      : [
          say(
            'Each step is shown to the nearest penny. The sum itself is carried on exactly, and rounded once, here at the end.',
          ),
        ]),
    roundingLine(stepOf(allocation, 'rounding')),
    weeklyLine(input),
    ...stepsOf(allocation, 'cap').map(capLine),
  ]
}

type Line<S extends WorkingLine['step']> = Extract<WorkingLine, { readonly step: S }>

const KINDS = {
  inflation: 'for rising prices',
  efficiency: 'to save money',
  'local-cost': 'for local costs',
} as const

function adjustmentLine(line: Line<'adjustment'>, reason: string | undefined): ExplanationLine {
  const { name, kind, factor, change, cumulative } = line
  const why = reason === undefined ? '' : ` The council’s reason is: ${quotedSentence(reason)}`
  return say(
    `Then comes an adjustment ${KINDS[kind]}, called ${quoted(name)}. The amount is multiplied by ${plain(factor)}. This ${changeText(change)} and makes ${inPoundsAndPence(cumulative)} a year.${why}`,
    { factor, change, cumulative },
  )
}

function changeText(change: string): string {
  if (isZero(change)) return 'changes nothing'
  return isNegative(change) ? `takes off ${inPoundsAndPence(change)}` : `adds ${inPoundsAndPence(change)}`
}

function roundingLine({ to, mode, change, result }: Line<'rounding'>): ExplanationLine {
  const effect = isZero(change) ? '' : ` This ${changeText(change)}.`
  return say(
    `The amount is rounded ${roundingText(to, mode)}.${effect} So your indicative budget is ${inPoundsAndPence(result)} a year.`,
    { to, change, result },
  )
}

function roundingText(to: string, mode: string): string {
  const unit = plain(to) === '0.01' ? 'penny' : inPoundsAndPence(to)
  if (mode === 'up') return `up to the next ${unit}`
  if (mode === 'down') return `down to the last ${unit}`
  const half = mode === 'half-even' ? ', and an exact half goes to the even side' : ''
  return `to the nearest ${unit}${half}`
}

function weeklyLine({ allocation }: PricedInput): ExplanationLine {
  const { weeksPerYear, result: amountWeekly } = stepOf(allocation, 'weekly')
  const { result: amountAnnual } = stepOf(allocation, 'rounding')
  return say(
    `For a week: ${inPoundsAndPence(amountAnnual)} ÷ ${plain(weeksPerYear)} weeks = ${inPoundsAndPence(amountWeekly)}, to the nearest penny. The yearly figure is the one that counts.`,
    { amountAnnual, weeksPerYear, amountWeekly },
  )
}

function capLine({ amountAnnual, exceeded }: Line<'cap'>): ExplanationLine {
  const rule = `Above ${inPoundsAndPence(amountAnnual)} a year, this table asks a person to work out the cost of support item by item.`
  const effect = exceeded
    ? 'Your figure is above that. Nothing was taken off it for that reason, and the level is not a limit.'
    : 'Your figure is not above that.'
  return say(`${rule} ${effect}`, { capAnnual: amountAnnual })
}
