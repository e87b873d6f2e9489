// Which table a date uses: the published one with the latest effectiveFrom on or before it. It ends where its
// successor begins; effectiveBefore is only a planned hard stop, after which there is no table, never a neighbour's.
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'

/** The period of one published table. Dates are `YYYY-MM-DD`; `effectiveBefore` is exclusive. */
export type TableTerm = {
  readonly table: VersionRef
  readonly questionnaire: VersionRef
  readonly effectiveFrom: string
  readonly effectiveBefore: string | null
}

/** The term in force on a date. Refuses `no-table-in-force`. `terms` are those of one questionnaire key. */
export function termInForce(terms: readonly TableTerm[], on: string): TableTerm {
  const begun = terms.filter(({ effectiveFrom }) => effectiveFrom <= on)
  const latest = begun.reduce<TableTerm | null>(
    (last, term) => (last === null || term.effectiveFrom > last.effectiveFrom ? term : last),
    null,
  )
  if (latest === null) throw new Refusal('no-table-in-force', notBegun(terms))
  if (latest.effectiveBefore !== null && latest.effectiveBefore <= on) {
    const detail = `No calibration table is in force on that date: "${latest.table.key}" version ${latest.table.version} ended at the start of ${latest.effectiveBefore}, and none has begun since. Check the date, or publish a table for it.`
    throw new Refusal('no-table-in-force', detail)
  }
  return latest
}

function notBegun(terms: readonly TableTerm[]): string {
  const first = terms.map(({ effectiveFrom }) => effectiveFrom).sort()[0]
  const known =
    first === undefined ? 'none is published for this questionnaire' : `the first is in force from ${first}`
  return `No calibration table is in force on that date: ${known}. Check the date, or publish a table for it.`
}

/** The term in force for one questionnaire version. Refuses also `questionnaire-not-priced`. */
export function termFor(terms: readonly TableTerm[], questionnaire: VersionRef, on: string): TableTerm {
  const term = termInForce(terms, on)
  if (term.questionnaire.version !== questionnaire.version) {
    const detail = `The table in force on that date prices "${term.questionnaire.key}" version ${term.questionnaire.version} only. Use that version, or publish a table for yours.`
    throw new Refusal('questionnaire-not-priced', detail)
  }
  return term
}
