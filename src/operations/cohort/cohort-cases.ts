// The cases of a cohort from what is kept of its parts, in one order whatever order they were sent in, and restated by
// another questionnaire where a run names one.

import { Refusal } from '../../contract/refusal.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { caseOf } from '../../domain/calibration/cohort/case-line.ts'
import { compilePoints, type Points } from '../../domain/engine/engine.ts'
import type { ScoringPlan } from '../../domain/questionnaire/scoring-plan.ts'

/**
 * `parts` are texts: a head, then one case a line. They are taken out of the list as they are read: a large cohort is
 * not to be held twice.
 */
export function casesIn(parts: Uint8Array<ArrayBuffer>[]): readonly Case[] {
  const cases: Case[] = []
  const codes = new Map<string, string>()
  for (let part = parts.shift(); part !== undefined; part = parts.shift())
    for (const line of linesIn(part)) cases.push(caseOf(line, codes))
  return cases.sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

const LINE_END = 10

// The lines after the head.
function* linesIn({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Generator<string> {
  const text = Buffer.from(buffer, byteOffset, byteLength)
  for (let end = text.indexOf(LINE_END); end >= 0; ) {
    const next = text.indexOf(LINE_END, end + 1)
    yield text.toString('utf8', end + 1, next < 0 ? text.length : next)
    end = next
  }
}

/**
 * Everyone's points by another questionnaire; whom weightings carry above its scale is left out later, with the
 * reason. Refuses where somebody's answers do not fit it, and says how many and at which questions.
 */
export function restated(cases: readonly Case[], plan: ScoringPlan): readonly Case[] {
  const unfit = new Map<string, number>()
  const count = (why: string) => unfit.set(why, (unfit.get(why) ?? 0) + 1)
  let people = 0
  const score = compilePoints(plan)
  const again = cases.map((person) => {
    const { points, faults } = pointsBy(score, person.answers)
    if (points !== null) return { ...person, points }
    people += 1
    for (const fault of faults) count(fault)
    return person
  })
  if (people === 0) return again
  const detail = `${people} of ${cases.length} people have no answers that this questionnaire can score: ${reasons(unfit)}. Upload a cohort with answers to it.`
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/questionnaire', code: 'parameter-out-of-range', detail }],
  })
}

const MOST_REASONS = 10

function reasons(unfit: ReadonlyMap<string, number>): string {
  const sorted = [...unfit].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const listed = sorted.slice(0, MOST_REASONS).map(([why, count]) => `${why} (${count})`)
  return [...listed, ...(sorted.length > MOST_REASONS ? ['and more'] : [])].join(', ')
}

type Restated =
  | { readonly points: number; readonly faults: readonly [] }
  | { readonly points: null; readonly faults: readonly string[] }

function pointsBy(score: Points, answers: Case['answers']): Restated {
  if (answers === null) return { points: null, faults: ['no answers'] }
  try {
    return { points: score(answers), faults: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { points: null, faults: error.faults.map(({ code, pointer }) => `${code} at ${pointer}`) }
  }
}
