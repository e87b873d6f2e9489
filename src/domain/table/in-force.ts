// Which table a date uses: of the published ones that have begun by then, the one that begins last; of equals, the one
// published last. It ends where another begins; effectiveBefore is only a planned hard stop, after which there is no
// table, never a neighbour's. A withdrawn table counts for nothing.
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'

/** The period of one published table. Dates are `YYYY-MM-DD`; `effectiveBefore` is exclusive. Instants are in UTC. */
export type TableTerm = {
  readonly table: VersionRef
  readonly questionnaire: VersionRef
  readonly effectiveFrom: string
  readonly effectiveBefore: string | null
  readonly publishedAt: string
  readonly withdrawnAt: string | null
}

/** The terms of one questionnaire key that stand, in the order of publication. */
export function standing(terms: readonly TableTerm[]): readonly TableTerm[] {
  return terms.filter(({ withdrawnAt }) => withdrawnAt === null)
}

/** Those that stood at an instant, as it was known then. */
export function standingAt(terms: readonly TableTerm[], instant: string): readonly TableTerm[] {
  return terms.filter(
    ({ publishedAt, withdrawnAt }) =>
      publishedAt <= instant && (withdrawnAt === null || withdrawnAt > instant),
  )
}

/** The term in force on a date. Refuses `no-table-in-force`. `terms` stand, in the order of publication. */
export function termInForce(terms: readonly TableTerm[], on: string): TableTerm {
  const begun = terms.filter(({ effectiveFrom }) => effectiveFrom <= on)
  const latest = begun.reduce<TableTerm | null>(
    (last, term) => (last === null || term.effectiveFrom >= last.effectiveFrom ? term : last),
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

/** Dates from the first to the day before the other; null: for ever. */
export type Period = { readonly from: string; readonly before: string | null }

/**
 * The dates on which a term is in force once it is published after `terms`, which stand in the order of publication and
 * may hold it already; null where one published later has taken them all.
 */
export function periodOf(
  terms: readonly TableTerm[],
  own: Pick<TableTerm, 'table' | 'effectiveFrom' | 'effectiveBefore'>,
): Period | null {
  const { effectiveFrom: from, effectiveBefore } = own
  const at = terms.findIndex(({ table }) => isSame(table, own.table))
  const later = at < 0 ? [] : terms.slice(at + 1)
  if (later.some(({ effectiveFrom }) => effectiveFrom === from)) return null
  const ends = terms.map(({ effectiveFrom }) => effectiveFrom).filter((begins) => begins > from)
  if (effectiveBefore !== null) ends.push(effectiveBefore)
  return { from, before: ends.sort()[0] ?? null }
}

function isSame(one: VersionRef, other: VersionRef): boolean {
  return one.key === other.key && one.version === other.version
}
