// What a run keeps of each person: one line of JSON, in the order of its fields, for exports and for comparisons.
import type { Case } from '../../domain/calibration/case.ts'
import type { ExcludedCase } from '../../domain/calibration/exclusion.ts'
import { beyondOf, type Difference } from '../../domain/calibration/reasonableness.ts'
import { checked } from '../../domain/errors.ts'
import type { MethodOutcome } from './method-result.ts'

/** Points in hundredths, weight in ten-thousandths, money in pence a year. */
export type PersonLine = {
  readonly ref: string
  readonly userGroup: string
  readonly points: number
  readonly cost: number
  readonly weight: number
  readonly ageBand: string | null
  readonly setting: string | null
  readonly team: string | null
  readonly estimate: number | null
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
    const left = isIncluded ? null : checked(excluded[out])
    if (isIncluded) place += 1
    else out += 1
    const { ref, userGroup, points, cost, weight, ageBand, setting, team, estimate } = person
    yield JSON.stringify([
      ref,
      userGroup,
      points,
      cost,
      weight,
      ageBand,
      setting,
      team,
      estimate,
      left && { rules: left.rules, reason: left.reason },
      outcomes.map(({ amounts }) => (own === null ? null : (amounts?.[own] ?? null))),
      outcomes.map(({ beyond }) => (own === null ? [] : beyondOf(beyond?.[own] ?? 0))),
    ])
  }
}

type Line = [
  ref: string,
  userGroup: string,
  points: number,
  cost: number,
  weight: number,
  ageBand: string | null,
  setting: string | null,
  team: string | null,
  estimate: number | null,
  excluded: PersonLine['excluded'],
  amounts: (number | null)[],
  beyond: Difference['beyond'][],
]

function personOf(line: string): PersonLine {
  const fields = JSON.parse(line) as Line
  const [ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, excluded, amounts, beyond] =
    fields
  return {
    ref,
    userGroup,
    points,
    cost,
    weight,
    ageBand,
    setting,
    team,
    estimate,
    excluded,
    amounts,
    beyond,
  }
}

/** The case that a line stands for; a run keeps no answers. */
export function caseOfPerson(person: PersonLine): Case {
  const { excluded: _, amounts: _1, beyond: _2, ...rest } = person
  return { ...rest, answers: null }
}

export function amountOf({ amounts }: PersonLine, method: number): number {
  return checked(amounts[method] ?? undefined)
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
