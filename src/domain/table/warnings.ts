// What a publisher must have seen before a table is published. None of it is forbidden, so it is acknowledged and not
// refused: each by its code, with what clears it.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import { decimal, ONE } from '../number/decimal.ts'
import { fractionInPercent } from '../number/in-words.ts'
import { type TableAsRead, tableAsRead } from './table-as-read.ts'
import { warning } from './warning.ts'
import { warningsOfCurves } from './warnings-of-curves.ts'
import { warningsOfCohort, warningsOfEvidence, warningsOfFit } from './warnings-of-evidence.ts'

/** What a table is looked at against: the day, and what is known of it beside its content. */
export type WarningContext = {
  /** The published questionnaire version that the table names; null when there is none. */
  readonly questionnaire: Questionnaire | null
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** How many current allocations another table priced, for a date that this one covers. */
  readonly affected: number
  /** Whether the reports of this very revision are made. */
  readonly reported: boolean
}

/** Every warning of a table. */
export function tableWarnings(table: CalibrationTable, context: WarningContext): readonly Warning[] {
  const read = tableAsRead(table)
  return [
    ...ofAdjustments(read),
    ...warningsOfEvidence(read, context.reported),
    ...warningsOfCurves(read, context.questionnaire),
    ...ofCap(read),
    ...warningsOfCohort(read.provenance),
    ...ofPeopleOutside(read),
    ...ofDates(read, context),
    ...warningsOfFit(read.provenance),
  ]
}

function ofAdjustments({ adjustments }: TableAsRead): readonly Warning[] {
  return adjustments.flatMap(({ factor, name }, i) => {
    if (decimal(factor).greaterThanOrEqualTo(ONE)) return []
    const taken = ONE.minus(factor).toFixed()
    const detail = `"${name}" takes ${fractionInPercent(taken)} off every amount. Remove it, or acknowledge it.`
    return warning(`/adjustments/${i}`, 'efficiency-lowers', detail, { factor })
  })
}

function ofCap({ cap }: TableAsRead): readonly Warning[] {
  if (cap !== undefined) return []
  return [warning('/cap', 'no-cap', 'No amount is too high for this table. Give a cap, or acknowledge it.')]
}

function ofPeopleOutside({ outside }: TableAsRead): readonly Warning[] {
  if (outside.length === 0) return []
  const groups = outside.map(({ userGroup }) => userGroup)
  const detail = `The table is not for ${groups.map((group) => `"${group}"`).join(', ')}. A person works out the cost for them.`
  return [warning('/outside', 'people-outside', detail, { userGroups: groups.length })]
}

function ofDates({ effectiveFrom, reviewBy }: TableAsRead, context: WarningContext): readonly Warning[] {
  const { today, affected } = context
  const found: Warning[] = []
  if (effectiveFrom <= today) {
    const current = affected === 1 ? '1 current allocation' : `${affected} current allocations`
    const detail = `The table begins on ${effectiveFrom}, not after today. Another table priced ${current} for its dates.`
    found.push(warning('/effectiveFrom', 'backdated', detail, { allocations: affected }))
  }
  if (reviewBy < today) {
    const detail = `The table was to be reviewed by ${reviewBy}, which is past. Give a later date.`
    found.push(warning('/reviewBy', 'past-its-year-at-birth', detail))
  }
  return found
}
