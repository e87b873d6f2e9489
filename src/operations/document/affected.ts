// Whom a table affects: current allocations that another table priced, for a date that this one covers. Nothing stored
// changes by it; a correction puts each right.
import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { periodOf, standing, type TableTerm } from '../../domain/table/in-force.ts'
import type { Transaction } from '../../store/database.ts'
import { countAllocations, type Filter } from '../../store/intakes.ts'

type Dated = Pick<CalibrationTable, 'questionnaire' | 'effectiveFrom' | 'effectiveBefore'>

/**
 * Which allocations a table affects, a draft as if it were published now; null where it covers no date. `terms` are all
 * of its questionnaire key.
 */
export function affectedBy(
  ref: VersionRef,
  { questionnaire, effectiveFrom, effectiveBefore }: Dated,
  terms: readonly TableTerm[],
): Filter | null {
  const own = terms.find(({ table }) => table.key === ref.key && table.version === ref.version)
  if (own !== undefined && own.withdrawnAt !== null) return null
  const period = periodOf(standing(terms), {
    table: ref,
    effectiveFrom,
    effectiveBefore: effectiveBefore ?? null,
  })
  if (period === null) return null
  const { from, before } = period
  return {
    questionnaire: questionnaire.key,
    assessedFrom: from,
    ...(before !== null && { assessedBefore: before }),
    current: true,
    pricedByAnother: ref,
  }
}

/** How many they are; no assessment is dated after today, so a table that begins later affects none. */
export async function countAffected(
  trx: Transaction,
  ref: VersionRef,
  table: Dated,
  terms: readonly TableTerm[],
  today: string,
): Promise<number> {
  if (table.effectiveFrom > today) return 0
  const filter = affectedBy(ref, table, terms)
  return filter === null ? 0 : countAllocations(trx, filter)
}
