// Which published table was used, why that one, and why its amounts are what they are. Policy: where a group has
// amounts of its own, the published reason stands here, in the council's words (Equality Act 2010 s.149).

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { Curve } from '../../contract/documents/calibration-table.ts'
import { isGroupCurve } from '../table/calibration-table.ts'
import { keyed, type PricedInput, section, stepOf, stepsOf, type TableInput } from './line.ts'
import { dateInWords, quoted, quotedSentence } from './words.ts'

const say = section('table')

export function tableLines(input: TableInput): readonly ExplanationLine[] {
  const { allocation, table } = input
  const { key, version, on, effectiveFrom } = stepOf(allocation, 'table')
  return [
    say(
      `We used the table ${quoted(table.title)}, for the year ${table.financialYear}. It started on ${dateInWords(effectiveFrom)}. The date of your assessment, ${dateInWords(on)}, chose it.`,
      { key, version: String(version), on, effectiveFrom },
    ),
    ...backdatingLines(input, effectiveFrom),
    say(`Why these amounts? The council says: ${quotedSentence(table.rationale)}`),
    say(`It gives this source: ${quotedSentence(table.source)}`),
    ...stepsOf(allocation, 'outside').map(({ by, key, reason }) =>
      say(
        `The table is not made for your ${by === 'setting' ? 'kind of home' : 'group'}. It says why: ${quotedSentence(reason)}`,
        { by, key },
      ),
    ),
  ]
}

// A reason may be given for a table that was then published in time after all: the dates say whether it was late.
function backdatingLines(
  { table: { backdatingReason }, tablePublishedOn: publishedOn }: TableInput,
  effectiveFrom: string,
): readonly ExplanationLine[] {
  if (publishedOn === null || publishedOn <= effectiveFrom) return []
  const reason =
    backdatingReason === undefined ? '' : ` The council’s reason is: ${quotedSentence(backdatingReason)}`
  return [
    say(`It was published on ${dateInWords(publishedOn)}, after the day it came into force.${reason}`, {
      publishedOn,
      effectiveFrom,
    }),
  ]
}

/** Whether everybody gets the same amount, and what the council says where they do not. */
export function groupLines({ answers, questionnaire, table }: PricedInput): readonly ExplanationLine[] {
  const curve = curveOf(table.curves, answers.userGroup)
  if (!isGroupCurve(curve, table, questionnaire)) {
    return [say('Everybody with the same points gets the same amount from this table.')]
  }
  const group = keyed(questionnaire.userGroups, answers.userGroup).title
  const reasons = [curve.reasonForDifference, curve.ageReason].filter((reason) => reason !== undefined)
  return [
    say(
      `This table does not give everybody the same amount for the same points. We used the amounts for the group ${quoted(group)}.`,
      { userGroup: answers.userGroup },
    ),
    ...reasons.map((reason, i) =>
      say(`The council ${i === 0 ? 'gives this reason' : 'adds'}: ${quotedSentence(reason)}`),
    ),
  ]
}

/** The curve that covers a user group; a published table has exactly one. */
export function curveOf(curves: readonly Curve[], group: string): Curve {
  const curve = curves.find(({ userGroups }) => userGroups === 'all' || userGroups.includes(group))
  if (curve === undefined) throw new Error('whoever is priced is not outside the table')
  return curve
}
