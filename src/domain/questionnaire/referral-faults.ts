// What is wrong with the rules that send a case to a person: each condition names what the questionnaire asks, and an
// answer that it may get.
import type { Questionnaire, ReferralCondition } from '../../contract/documents/questionnaire.ts'
import type { Fault } from '../../contract/refusal.ts'

type Options = ReadonlySet<string>

/** What conditions may name: questions, and the support of domains, with the options of each. */
type Known = {
  readonly questions: ReadonlyMap<string, Options>
  readonly support: ReadonlyMap<string, Options>
}

export function referralFaults(questionnaire: Questionnaire): readonly Fault[] {
  const known = {
    questions: questionsOf(questionnaire),
    support: supportOf(questionnaire),
  }
  return questionnaire.referralRules.flatMap(({ all }, i) =>
    all.flatMap((condition, j) =>
      conditionFaults(condition, known, all.slice(0, j), `/referralRules/${i}/all/${j}`),
    ),
  )
}

function questionsOf({ domains, weightings, addOns }: Questionnaire): ReadonlyMap<string, Options> {
  return new Map(
    [...domains, ...weightings, ...addOns].map(({ key, options }) => [key, keysOf(options)] as const),
  )
}

function supportOf({ domains, carerSupport }: Questionnaire): ReadonlyMap<string, Options> {
  if (carerSupport === undefined) return new Map()
  const options = keysOf(carerSupport.options)
  if (carerSupport.scope === 'overall') return new Map([['overall', options]])
  return new Map(
    domains.filter(({ carerAdjustable }) => carerAdjustable).map(({ key }) => [key, options] as const),
  )
}

function keysOf(options: readonly { readonly key: string }[]): Options {
  return new Set(options.map(({ key }) => key))
}

function conditionFaults(
  condition: ReferralCondition,
  known: Known,
  before: readonly ReferralCondition[],
  pointer: string,
): readonly Fault[] {
  const { what, name, options } = asked(condition, known)
  if (options === undefined) {
    return [
      { pointer: `${pointer}/${what}`, code: 'referral-rule-unknown-question', detail: nothing(what, name) },
    ]
  }
  const { option } = condition
  if (!options.has(option)) {
    const detail = `"${name}" has no option "${option}". Name one of: ${[...options].join(', ')}.`
    return [{ pointer: `${pointer}/option`, code: 'referral-rule-unknown-option', detail }]
  }
  const other = before.find((earlier) => isOfTheSame(earlier, condition) && earlier.option !== option)
  if (other === undefined) return []
  const detail = `The rule requires both "${other.option}" and "${option}" of "${name}", and no answer is both. Keep one of them, or write two rules.`
  return [{ pointer, code: 'referral-rule-contradicts-itself', detail }]
}

function asked(condition: ReferralCondition, { questions, support }: Known) {
  return 'question' in condition
    ? ({ what: 'question', name: condition.question, options: questions.get(condition.question) } as const)
    : ({ what: 'support', name: condition.support, options: support.get(condition.support) } as const)
}

function nothing(what: 'question' | 'support', name: string): string {
  return what === 'question'
    ? `No domain, weighting or add-on has the key "${name}". Name one that exists, or leave this out of the rule.`
    : `No unpaid support is asked about under the key "${name}". Name a domain that it reduces, or overall where it is asked once.`
}

function isOfTheSame(one: ReferralCondition, other: ReferralCondition): boolean {
  return 'question' in one
    ? 'question' in other && one.question === other.question
    : 'support' in other && one.support === other.support
}
