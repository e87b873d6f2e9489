// The cases of a cohort from what is kept of its parts, in one order whatever order they were sent in, and restated by
// another questionnaire where a run names one.
import type { Case } from '../../domain/calibration/case.ts'
import { caseOf } from '../../domain/calibration/case-line.ts'
import { pointsOf, rowRules } from '../../domain/calibration/cohort-row.ts'
import { DomainError } from '../../domain/errors.ts'
import type { ScoringPlan } from '../../domain/scoring-plan.ts'

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

/** Everyone's points by another questionnaire. Refuses where somebody's answers do not fit it, and says how many. */
export function restated(cases: readonly Case[], plan: ScoringPlan): readonly Case[] {
  const { scaleMaximum } = rowRules(plan, '52')
  let unfit = 0
  const again = cases.map((person) => {
    const points = person.answers === null ? null : pointsBy(plan, person.answers, scaleMaximum)
    if (points === null) unfit += 1
    return points === null ? person : { ...person, points }
  })
  if (unfit === 0) return again
  const detail = `${unfit} of ${cases.length} people have no answers that this questionnaire can score. Upload a cohort with answers to it.`
  throw new DomainError('calibration-impossible', detail, [
    { pointer: '/questionnaire', code: 'parameter-out-of-range', detail },
  ])
}

function pointsBy(plan: ScoringPlan, answers: NonNullable<Case['answers']>, scaleMaximum: number) {
  try {
    const reading = pointsOf(plan, answers, scaleMaximum)
    return 'value' in reading ? reading.value : null
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
