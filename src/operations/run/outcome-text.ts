// What a run keeps of each person: one line of JSON, in the order of its fields, for exports and for comparisons.
import type { Difference } from '../../contract/calibration/impact.ts'
import type { Case, Unanswered } from '../../domain/calibration/cohort/case.ts'
import {
  characteristicsOf,
  type FieldsAnd,
  fieldsOf,
  unansweredOf,
} from '../../domain/calibration/cohort/case-line.ts'
import type { ExcludedCase } from '../../domain/calibration/cohort/exclusion.ts'
import { beyondOf } from '../../domain/calibration/effects/reasonableness.ts'
import { present } from '../../domain/present.ts'
import type { MethodOutcome } from './method-result.ts'

export type PersonLine = Unanswered & {
  /** Which rules leave the person out, by their places, and why; null where none does. */
  readonly excluded: { readonly rules: readonly number[]; readonly reason: string } | null
  /** For each method in its order: null where the person is left out or the method refuses. */
  readonly amounts: readonly (number | null)[]
  /** The tolerances that each method's amount is beyond. */
  readonly beyond: readonly Difference['beyond'][]
}

/** Everybody of the cohort in its order, whether included or not. */
export function* personLines(
  all: readonly Case[],
  included: readonly Case[],
  excluded: readonly ExcludedCase[],
  outcomes: readonly MethodOutcome[],
): Generator<string> {
  // The included and the excluded stand in the order of all.
  let [place, out] = [0, 0]
  for (const person of all) {
    const isIncluded = included[place] === person
    const own = isIncluded ? place : null
    const left = isIncluded ? null : present(excluded[out])
    if (isIncluded) place += 1
    else out += 1
    yield JSON.stringify([
      ...fieldsOf(person),
      left && { rules: left.rules, reason: left.reason },
      outcomes.map(({ amounts }) => (own === null ? null : (amounts?.[own] ?? null))),
      outcomes.map(({ beyond }) => (own === null ? [] : beyondOf(beyond?.[own] ?? 0))),
      ...characteristicsOf(person),
    ])
  }
}

type Line = FieldsAnd<
  [excluded: PersonLine['excluded'], amounts: PersonLine['amounts'], beyond: PersonLine['beyond']]
>

function personOf(line: string): PersonLine {
  const fields = JSON.parse(line) as Line
  return { ...unansweredOf(fields, 12), excluded: fields[9], amounts: fields[10], beyond: fields[11] }
}

/** The case that a line stands for; a run keeps no answers. */
export function caseOfPerson(person: PersonLine): Case {
  const { excluded: _, amounts: _1, beyond: _2, ...rest } = person
  return { ...rest, answers: null }
}

export function amountOf({ amounts }: PersonLine, method: number): number {
  return present(amounts[method] ?? undefined)
}

/** The people of a run's text, one after the other: a text may have many thousands. */
export function* peopleIn(text: string): Generator<PersonLine> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    yield personOf(text.slice(from, to))
    from = to + 1
  }
}
