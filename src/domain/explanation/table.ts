// Which published table was used, why that one, and why its amounts are what they are. Policy: where a group has
// amounts of its own, the published reason stands here, in the council's words (Equality Act 2010 s.149).

import type { ExplanationLine } from '../../contract/allocation/explanation.ts'
import type { Curve } from '../../contract/documents/calibration-table.ts'
import { isGroupCurve } from '../table/calibration-table.ts'
import { keyed, type PricedInput, section, stepOf } from './line.ts'
import { dateInWords, quoted, quotedSentence } from './words.ts'

const say = section('table')

export function tableLines(input: PricedInput): readonly ExplanationLine[] {
  const { allocation, table, tableRef } = input
  const { key, version, on, effectiveFrom } = stepOf(allocation, 'table')
  const { contentHash } = tableRef
  return [
    say(
      `Your points were turned into money with the published table ${quoted(table.title)} (${key}, version ${version}), for the financial year ${table.financialYear}.`,
      { key, version: String(version) },
    ),
    say(
      `The date of your assessment chose the table: it is the one in force on ${dateInWords(on)}. It came into force on ${dateInWords(effectiveFrom)}.`,
      { on, effectiveFrom },
    ),
    ...backdatingLines(input, effectiveFrom),
    say(`It has the fingerprint ${contentHash} and nobody can change the table without changing that.`, {
      contentHash,
    }),
    say(
      `The council explains the level of the amounts in these words: ${quotedSentence(table.rationale)} The source it gives is: ${quotedSentence(table.source)}`,
    ),
    ...groupLines(input),
  ]
}

// A reason may be given for a table that was then published in time after all: the dates say whether it was late.
function backdatingLines(
  { table: { backdatingReason }, tablePublishedOn: publishedOn }: PricedInput,
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

function groupLines({ answers, questionnaire, table }: PricedInput): readonly ExplanationLine[] {
  const curve = curveOf(table.curves, answers.userGroup)
  if (!isGroupCurve(curve, table, questionnaire)) {
    return [say('Everybody with the same points gets the same amount from this table.')]
  }
  const group = keyed(questionnaire.userGroups, answers.userGroup).title
  const reasons = [curve.reasonForDifference, curve.ageReason].filter((reason) => reason !== undefined)
  return [
    say(
      `This table does not give everybody the same amount for the same points. The amounts used here are those for the group ${quoted(group)}.`,
      { userGroup: answers.userGroup },
    ),
    ...reasons.map((reason, i) =>
      say(
        `The council ${i === 0 ? 'gives this reason for the difference' : 'adds'}: ${quotedSentence(reason)}`,
      ),
    ),
  ]
}

/** The curve that covers a user group; a published table has exactly one. */
export function curveOf(curves: readonly Curve[], group: string): Curve {
  const curve = curves.find(({ userGroups }) => userGroups === 'all' || userGroups.includes(group))
  if (curve === undefined) throw new Error('a published table covers every user group')
  return curve
}
