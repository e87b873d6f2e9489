// What is wrong with a set of answers: each question needs one of its own options, and nothing else may be answered.

import type { Answers, CarerAnswer } from '../../contract/allocation/assessment.ts'
import { type Fault, pointerSegment } from '../../contract/refusal.ts'
import { answerTo } from './answers.ts'
import type { Asked, Options, ScoringPlan } from './scoring-plan.ts'

/** Every way in which the answers do not fit the questionnaire, in the order of the questionnaire. */
export function answerFaults(plan: ScoringPlan, answers: Answers): readonly Fault[] {
  const group = answers.userGroup
  return [
    ...(plan.userGroups.has(group)
      ? []
      : [unknown('/userGroup', 'user-group-unknown', 'user group', [...plan.userGroups])]),
    ...sectionFaults('answers', answers.answers, plan.asked.answers),
    ...sectionFaults('weightings', answers.weightings, plan.asked.weightings),
    ...carerFaults(plan, answers.carer),
    ...sectionFaults('addOns', answers.addOns, plan.asked.addOns),
  ]
}

function sectionFaults(
  section: string,
  given: Readonly<Record<string, string>>,
  asked: Asked,
  required = true,
): Fault[] {
  const faults: Fault[] = []
  let met = 0
  for (const [key, options] of asked) {
    const option = answerTo(given, key)
    if (option !== undefined) met += 1
    if (option === undefined) {
      if (required) faults.push(missing(section, key, options))
    } else if (!options.has(option)) {
      faults.push(unknown(answerPointer(section, key), 'option-unknown', 'option', [...options.keys()]))
    }
  }
  if (Object.keys(given).length > met) faults.push(...unasked(section, given, asked))
  return faults
}

function missing(section: string, key: string, options: Options): Fault {
  const detail = `"${key}" has no answer; expected one of: ${[...options.keys()].join(', ')}. If nothing applies, choose the option that says so.`
  const code = section.startsWith('carer') ? 'carer-support-missing' : 'answer-missing'
  return { pointer: answerPointer(section, key), code, detail }
}

function unasked(section: string, given: Readonly<Record<string, string>>, asked: Asked): Fault[] {
  const keys = new Set(asked.map(([key]) => key))
  const detail = notAsked(asked)
  return Object.keys(given)
    .filter((key) => !keys.has(key))
    .map((key) => ({
      pointer: answerPointer(section, key),
      code: 'answer-not-asked',
      detail,
    }))
}

/** Says which questions there are, to whoever answered another. */
export function notAsked(asked: Asked): string {
  const keys = asked.map(([key]) => key).join(', ')
  return `This questionnaire has no such question here; it asks: ${keys || 'nothing'}. Leave it out.`
}

function unknown(pointer: string, code: Fault['code'], what: string, known: readonly string[]): Fault {
  return { pointer, code, detail: unknownChoice(what, known) }
}

/** Says what may be chosen, to whoever chose something else. */
export function unknownChoice(what: string, known: readonly string[]): string {
  return `Unknown ${what}; expected one of: ${known.join(', ')}. Choose one of these.`
}

function carerFaults(plan: ScoringPlan, carer: CarerAnswer | undefined): Fault[] {
  const scope = plan.supportScope
  if (scope === null) {
    if (carer === undefined) return []
    return [
      {
        pointer: '/carer',
        code: 'carer-not-asked',
        detail: 'This questionnaire does not ask about a carer. Leave "carer" out.',
      },
    ]
  }
  if (carer === undefined) {
    const detail =
      'There is no answer about a carer. Say whether one is willing and able: "carer": { "willingAndAble": false } if there is none.'
    return [{ pointer: '/carer', code: 'carer-missing', detail }]
  }
  return scope === 'overall' ? overallFaults(plan, carer) : perDomainFaults(plan, carer)
}

function perDomainFaults(plan: ScoringPlan, carer: CarerAnswer): Fault[] {
  const misplaced = scopeFaults(carer.overall, '/carer/overall', 'for each domain in "support"')
  return [
    ...misplaced,
    ...sectionFaults('carer/support', carer.support ?? {}, plan.asked.support, carer.willingAndAble),
  ]
}

function overallFaults(plan: ScoringPlan, { willingAndAble, support, overall }: CarerAnswer): Fault[] {
  const misplaced = scopeFaults(support, '/carer/support', 'once, in "overall"')
  const given: Readonly<Record<string, string>> = overall === undefined ? {} : { overall }
  return [...misplaced, ...sectionFaults('carer', given, [['overall', plan.support]], willingAndAble)]
}

function scopeFaults(given: unknown, pointer: string, expected: string): Fault[] {
  if (given === undefined) return []
  return [
    {
      pointer,
      code: 'carer-support-scope',
      detail: `This questionnaire asks about unpaid support ${expected}. Answer there, and leave this out.`,
    },
  ]
}

// A pointer to one answer: `/answers/nutrition`.
function answerPointer(section: string, key: string): string {
  return `/${section}${pointerSegment(key)}`
}
