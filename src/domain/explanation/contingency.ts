// What is held ready, and that holding it ready is not a cut (contract "contingency"): it is released on need.

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import { fractionInPercent, inPoundsAndPence } from '../number/in-words.ts'
import { type PricedInput, section, stepOf } from './line.ts'
import { isZero } from './words.ts'

const say = section('contingency')

export function contingencyLines({ allocation }: PricedInput): readonly ExplanationLine[] {
  const { fraction, result: contingencyAnnual } = stepOf(allocation, 'contingency')
  const { result: availableAnnual } = stepOf(allocation, 'available')
  const figures = { fraction, contingencyAnnual, availableAnnual }
  if (isZero(fraction)) {
    return [
      say(
        `Nothing is held back: all ${inPoundsAndPence(availableAnnual)} a year can be planned with now.`,
        figures,
      ),
    ]
  }
  return [
    say(
      `The council holds ${fractionInPercent(fraction)} of your figure ready: ${inPoundsAndPence(contingencyAnnual)} a year. The other ${inPoundsAndPence(availableAnnual)} a year can be planned with now.`,
      figures,
    ),
    say(
      'The money held ready is part of your indicative budget. It is not a cut. It is there for when meeting your needs costs more than was planned, and it is released on need. You can ask for it.',
    ),
  ]
}
