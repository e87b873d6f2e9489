// How a case is kept: one line of JSON, in the order of its fields and without their names, so that a cohort of many
// thousands stays small and is read a line at a time.
import type { Answers } from '../answers.ts'
import type { Case } from './case.ts'

type Line = readonly [
  ref: string,
  userGroup: string,
  points: number,
  cost: number,
  weight: number,
  ageBand: string | null,
  setting: string | null,
  team: string | null,
  estimate: number | null,
  answers: Answers | null,
]

/** A case as one line of text. */
export function caseLine(person: Case): string {
  const { ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, answers } = person
  const line: Line = [ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, answers]
  return JSON.stringify(line)
}

/** The case that a line stands for. `codes` holds what was read before, so that a code of many people is kept once. */
export function caseOf(line: string, codes: Map<string, string>): Case {
  const [ref, userGroup, points, cost, weight, ageBand, setting, team, estimate, answers] = JSON.parse(
    line,
  ) as Line
  return {
    ref,
    userGroup: kept(userGroup, codes),
    points,
    cost,
    weight,
    ageBand: ageBand && kept(ageBand, codes),
    setting: setting && kept(setting, codes),
    team: team && kept(team, codes),
    estimate,
    answers,
  }
}

function kept(code: string, codes: Map<string, string>): string {
  const before = codes.get(code)
  if (before !== undefined) return before
  codes.set(code, code)
  return code
}
