// The first thing read: the figure, what it is and is not, who decides, and every reason why a person must look.
// Policy: indicative only; a named human decides, with reasons (R (Savva) v Kensington & Chelsea [2010]).
import type { Flag } from '../../contract/allocation/allocation.ts'
import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import { inPoints, inPoundsAndPence } from '../number/in-words.ts'
import { type ExplanationInput, section, stepOf } from './line.ts'
import { dateInWords, quotedSentence } from './words.ts'

const say = section('summary')

export function summaryLines(input: ExplanationInput): readonly ExplanationLine[] {
  const { allocation, authority } = input
  return [
    ...(allocation.supersededBy === null
      ? []
      : [
          say(
            'This figure is out of date: a later one has taken its place, as the end of this explanation says.',
          ),
        ]),
    ...(allocation.outcome === 'not-eligible' ? notEligibleLines(input) : figureLines(input)),
    ...allocation.flags.map((flag) => say(`Please note: ${flagText(flag, input)}`, { flag: flag.code })),
    say(
      `This explains the assessment of ${dateInWords(allocation.assessedOn)}, by the rules of ${authority.title}. “You” means the person who was assessed. The reference is ${allocation.allocationId}.`,
    ),
  ]
}

function figureLines({ allocation, authority }: ExplanationInput): readonly ExplanationLine[] {
  const { result: amountAnnual } = stepOf(allocation, 'rounding')
  const { result: amountWeekly } = stepOf(allocation, 'weekly')
  return [
    say(
      `Your indicative budget is ${inPoundsAndPence(amountAnnual)} a year. That is ${inPoundsAndPence(amountWeekly)} a week.`,
      {
        amountAnnual,
        amountWeekly,
      },
    ),
    say(
      '“Indicative” means a first estimate of what it may cost to meet your needs. The final figure may be higher or lower.',
    ),
    say(
      `A named person at ${authority.title} decides your final budget, and must give you the reasons. This software does not decide it.`,
    ),
    say(
      allocation.outcome === 'indicative'
        ? 'Your points gave this figure in the usual way. It is a guide for planning your support.'
        : 'In your case points alone are not a good enough guide, for the reasons given next. So a person must also work out the cost of your support, item by item. The figure above is a starting point for that. It is never a limit.',
      { outcome: allocation.outcome },
    ),
  ]
}

function notEligibleLines({ allocation, authority }: ExplanationInput): readonly ExplanationLine[] {
  return [
    say(
      `The assessor for ${authority.title} decided that your needs do not meet the national rules for support from the council. The assessor made that decision. This software did not.`,
      { outcome: allocation.outcome },
    ),
    say('Because of that decision, no budget follows from your points.'),
    say(
      'The council must give you its decision in writing, with the reasons. If you disagree you can challenge it: the end of this explanation says how.',
    ),
  ]
}

function flagText({ code, reason }: Flag, { allocation, questionnaire }: ExplanationInput): string {
  const total = inPoints(allocation.points.total)
  switch (code) {
    case 'above-cap': {
      const { amountAnnual } = stepOf(allocation, 'cap')
      return `the figure is above ${inPoundsAndPence(amountAnnual)} a year. Above that level, the council asks a person to work out the cost. Nothing was taken off the figure.`
    }
    case 'above-scale':
      return `your ${total} are above ${inPoints(questionnaire.scaleMaximum)}, the top of the scale of these questions.`
    case 'above-table':
      return `your ${total} are above the highest points that the council’s table has an amount for.`
    case 'eligibility-without-grounds':
      return 'you were found eligible, and the record of that decision does not say fully why. A person must check the record. Your figure does not depend on it.'
    case 'other-needs-not-scored':
      return 'your assessor noted needs that these questions do not ask about. They have no points here, so a person must think about them as well.'
    case 'referral-rule':
      return `one of the rules published with the questions sends your case to a person. The reason for the rule is: ${quotedSentence(reason)}`
  }
}
