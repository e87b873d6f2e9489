// A body that is not of its form is refused before its answers are looked at. Where the questionnaire that it names is
// known, such a fault names what may stand there all the same: whoever sent a label or a number needs the keys.
import type { FaultCode } from '../../contract/faults.ts'
import type { Fault } from '../../contract/refusal.ts'
import { notAsked, unknownChoice } from './answer-faults.ts'
import type { Asked, ScoringPlan } from './scoring-plan.ts'

/** Whether a fault is about something that a questionnaire asks. */
export function isAboutAnswers({ pointer }: Fault): boolean {
  return /^\/(userGroup|answers|weightings|addOns|carer)(\/|$)/.test(pointer)
}

/** The fault of form as it was found, saying which options or questions the questionnaire has at its place. */
export function withNamedOptions(plan: ScoringPlan, fault: Fault): Fault {
  return { ...fault, detail: detailAt(plan, fault) ?? fault.detail }
}

const WRONG_VALUES: ReadonlySet<FaultCode> = new Set(['value-type', 'value-format', 'value-range'])

function detailAt(plan: ScoringPlan, { pointer, code }: Fault): string | null {
  const [, section = '', ...names] = pointer.split('/')
  if (section === 'userGroup')
    return WRONG_VALUES.has(code) ? unknownChoice('user group', [...plan.userGroups]) : null
  const asked = askedIn(plan, section, names)
  if (asked === null) return null
  const key = names.at(-1)
  if (key === undefined) return code === 'field-missing' ? missingSection(asked) : null
  if (code === 'field-unknown') return notAsked(asked)
  const options = asked.find(([question]) => question === key)?.[1]
  if (options === undefined || !WRONG_VALUES.has(code)) return null
  return unknownChoice('option', [...options.keys()])
}

// `/answers/washing` and `/carer/support/washing` are in a section; `/carer/overall` is a question by itself.
function askedIn(plan: ScoringPlan, section: string, names: readonly string[]): Asked | null {
  if (section === 'answers' || section === 'weightings' || section === 'addOns')
    return names.length < 2 ? plan.asked[section] : null
  if (section !== 'carer') return null
  if (names[0] === 'support' && names.length === 2) return plan.asked.support
  return names.length === 1 && plan.supportScope === 'overall' ? [['overall', plan.support]] : null
}

function missingSection(asked: Asked): string {
  if (asked.length === 0) return 'Missing field; this questionnaire has no questions here. Add it as {}.'
  return `Missing field; expected an answer to each of: ${asked.map(([key]) => key).join(', ')}. Add it.`
}
