// A table as it is read, with what an earlier one did not state: published bytes and their hash stay as they are.
import type { CalibrationTable, ContingencyRelease } from '../../contract/documents/calibration-table.ts'
import { decimal } from '../number/decimal.ts'

type Stated = 'outside' | 'settings' | 'reviewBy' | 'evidence'

export type TableAsRead = CalibrationTable & {
  readonly [Name in Stated]-?: NonNullable<CalibrationTable[Name]>
} & { readonly release: ContingencyRelease | null }

/** A table that prices no settings by name prices people in a home of their own. */
export function tableAsRead(table: CalibrationTable): TableAsRead {
  return {
    ...table,
    outside: table.outside ?? [],
    settings: table.settings ?? ['own-home'],
    reviewBy: reviewByOf(table),
    evidence: table.evidence ?? [],
    release: table.contingency.release ?? null,
  }
}

/** What a draft is stored as: with the day after which its prices are to be looked at again. */
export function withReviewBy(table: CalibrationTable): CalibrationTable {
  return { ...table, reviewBy: reviewByOf(table) }
}

// Unless the council says another day, the last of the financial year.
function reviewByOf({ reviewBy, financialYear }: CalibrationTable): string {
  return reviewBy ?? `${decimal(financialYear.slice(0, 4)).plus(1)}-03-31`
}
