// How a case is kept: one line of JSON, in the order of its fields and without their names, so that a cohort of many
// thousands stays small and is read a line at a time.
import type { Answers } from '../../../contract/allocation/assessment.ts'
import type { Case, Characteristics, Unanswered } from './case.ts'

type Fields = readonly [
  ref: string,
  userGroup: string,
  points: number,
  cost: number,
  weight: number,
  ageBand: string | null,
  setting: string | null,
  team: string | null,
  estimate: number | null,
]

/** A line of a case begins with these, and ends with the characteristics where any is known. */
export type FieldsAnd<Rest extends readonly unknown[]> = readonly [
  ...Fields,
  ...Rest,
  characteristics?: Characteristics,
]

/** All of a case but its answers, without the names. */
export function fieldsOf(person: Unanswered): Fields {
  const { ref, userGroup, points, cost, weight, ageBand, setting, team, estimate } = person
  return [ref, userGroup, points, cost, weight, ageBand, setting, team, estimate]
}

/** What a line ends with. */
export function characteristicsOf({ characteristics }: Unanswered): readonly Characteristics[] {
  return characteristics === null ? [] : [characteristics]
}

/** The names given back to the fields that a line begins with, and to what it ends with at `last`. */
export function unansweredOf(line: FieldsAnd<readonly unknown[]>, last: number): Unanswered {
  const [ref, userGroup, points, cost, weight, ageBand, setting, team, estimate] = line
  const characteristics = (line[last] as Characteristics | undefined) ?? null
  return { ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, characteristics }
}

/** A case as one line of text. */
export function caseLine(person: Case): string {
  return JSON.stringify([...fieldsOf(person), person.answers, ...characteristicsOf(person)])
}

/** The case that a line stands for. `codes` holds what was read before, so that a code of many people is kept once. */
export function caseOf(line: string, codes: Map<string, string>): Case {
  const fields = JSON.parse(line) as FieldsAnd<[answers: Answers | null]>
  const { userGroup, ageBand, setting, team, characteristics, ...own } = unansweredOf(fields, 10)
  return {
    ...own,
    userGroup: kept(userGroup, codes),
    ageBand: ageBand && kept(ageBand, codes),
    setting: setting && kept(setting, codes),
    team: team && kept(team, codes),
    characteristics: characteristics && keptAll(characteristics, codes),
    answers: fields[9],
  }
}

function keptAll(characteristics: Characteristics, codes: Map<string, string>): Characteristics {
  const all = Object.entries(characteristics)
  return Object.fromEntries(all.map(([key, value]) => [kept(key, codes), kept(value, codes)]))
}

function kept(code: string, codes: Map<string, string>): string {
  const before = codes.get(code)
  if (before !== undefined) return before
  codes.set(code, code)
  return code
}
