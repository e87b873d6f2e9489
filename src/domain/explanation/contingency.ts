// What is held ready, and that holding it ready is not a cut (contract "contingency"): it is released on need.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import { fractionInPercent, inPoundsAndPence } from '../number/in-words.ts'
import { type PricedInput, section, stepOf } from './line.ts'
import { isZero, sentence } from './words.ts'

const say = section('contingency')

export function contingencyLines({ allocation, table }: PricedInput): readonly ExplanationLine[] {
  const { fraction, result: contingencyAnnual } = stepOf(allocation, 'contingency')
  const { result: availableAnnual } = stepOf(allocation, 'available')
  const figures = { fraction, contingencyAnnual, availableAnnual }
  if (isZero(fraction)) {
    return [
      say(
        `Nothing is kept back. You can plan with all ${inPoundsAndPence(availableAnnual)} a year now.`,
        figures,
      ),
    ]
  }
  return [
    say(
      `The council keeps ${fractionInPercent(fraction)} of your figure ready: ${inPoundsAndPence(contingencyAnnual)} a year. You can plan with the other ${inPoundsAndPence(availableAnnual)} a year now.`,
      figures,
    ),
    say(
      `The money kept ready is part of your indicative budget. It is not a cut. It is there for when your care costs more than was planned. ${releaseText(table)}`,
    ),
  ]
}

function releaseText({ contingency: { release } }: PricedInput['table']): string {
  if (release === undefined) return 'Ask the council.'
  const { howToAsk, decidedBy, withinDays } = release
  return `${sentence(howToAsk)} ${decidedBy} decides within ${withinDays} ${withinDays === 1 ? 'day' : 'days'}.`
}
