// A cohort as callers see it: counts, hashes and its life, and nothing of its rows.
import type { CohortPart, StoredCohort } from '../../store/cohorts.ts'

export function cohortView({ parts, hash, ...cohort }: StoredCohort) {
  const sum = (of: (part: CohortPart) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    ...cohort,
    state: hash === null ? ('open' as const) : ('sealed' as const),
    rows: sum(({ accepted, rejected }) => accepted + rejected),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
    hash,
    parts: parts.map((part) => ({ ...part, rows: part.accepted + part.rejected })),
  }
}
