// The single answers next to the given ones that would change an allocation: what a person may want to check first.
// Each is found by doing the whole sum again, so that nothing here can disagree with the engine.
import { type AllocationInput, type AllocationResult, allocate, type Outcome } from './allocation.ts'
import type { Answers, CarerAnswer } from './answers.ts'
import { decimal, formatMoney, ZERO } from './decimal.ts'
import { DomainError } from './errors.ts'
import type { PricedQuestionnaire, TablePlan } from './pricing.ts'
import type { Questionnaire } from './questionnaire.ts'

/** Keys, as in the answers; the question of a carer change is a domain, `overall` or `willingAndAble`. */
export type NearestChange = {
  readonly section: 'answers' | 'weightings' | 'carer' | 'addOns'
  readonly question: string
  readonly from: string
  readonly to: string
  readonly points: string
  readonly amountAnnual: string | null
  readonly changeAnnual: string | null
  readonly outcome: Outcome
}

type Candidate = Pick<NearestChange, 'section' | 'question' | 'from' | 'to'> & { readonly answers: Answers }
type Options = readonly { readonly key: string }[]

/**
 * Every change of one answer to the option before or after it that changes the points, the amount or the outcome,
 * the smallest change of the amount first. A change that the table refuses has no figure and is left out.
 */
export function nearestChanges(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan,
): readonly NearestChange[] {
  const now = allocate(input, questionnaire, table)
  return candidates(questionnaire.plan.questionnaire, input.answers)
    .flatMap(({ answers, ...change }) => {
      const then = allocated({ ...input, answers }, questionnaire, table)
      return then === null || same(now, then) ? [] : [{ ...change, ...difference(now, then) }]
    })
    .sort((a, b) => size(a).comparedTo(size(b)))
}

function allocated(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan,
): AllocationResult | null {
  try {
    return allocate(input, questionnaire, table)
  } catch (refusal) {
    if (refusal instanceof DomainError && refusal.code === 'points-above-table') return null
    throw refusal
  }
}

function same(now: AllocationResult, then: AllocationResult): boolean {
  return (
    now.points.total === then.points.total &&
    now.amountAnnual === then.amountAnnual &&
    now.outcome === then.outcome
  )
}

function difference(now: AllocationResult, { points, amountAnnual, outcome }: AllocationResult) {
  const changeAnnual =
    amountAnnual === null || now.amountAnnual === null
      ? null
      : formatMoney(decimal(amountAnnual).minus(now.amountAnnual))
  return { points: points.total, amountAnnual, changeAnnual, outcome }
}

function size({ changeAnnual }: NearestChange) {
  return changeAnnual === null ? ZERO : decimal(changeAnnual).abs()
}

// In questionnaire order: equal changes keep it, because the sort is stable.
function candidates(questionnaire: Questionnaire, answers: Answers): readonly Candidate[] {
  const { domains, weightings, addOns, carerSupport } = questionnaire
  const { carer } = answers
  return [
    ...sectionCandidates('answers', domains, answers),
    ...sectionCandidates('weightings', weightings, answers),
    ...(carerSupport !== undefined && carer?.willingAndAble
      ? carerCandidates(domains, carerSupport.options, answers, carer)
      : []),
    ...sectionCandidates('addOns', addOns, answers),
  ]
}

function sectionCandidates(
  section: 'answers' | 'weightings' | 'addOns',
  questions: readonly { readonly key: string; readonly options: Options }[],
  answers: Answers,
): readonly Candidate[] {
  return questions.flatMap(({ key, options }) =>
    moves(options, answers[section][key]).map(({ from, to }) => ({
      section,
      question: key,
      from,
      to,
      answers: { ...answers, [section]: { ...answers[section], [key]: to } },
    })),
  )
}

function carerCandidates(
  domains: Questionnaire['domains'],
  options: Options,
  answers: Answers,
  carer: CarerAnswer,
): readonly Candidate[] {
  const { support = {}, overall } = carer
  const candidate = (question: string, from: string, to: string, changed: CarerAnswer): Candidate => ({
    section: 'carer',
    question,
    from,
    to,
    answers: { ...answers, carer: changed },
  })
  return [
    ...domains
      .filter(({ carerAdjustable }) => carerAdjustable)
      .flatMap(({ key }) =>
        moves(options, support[key]).map(({ from, to }) =>
          candidate(key, from, to, { ...carer, support: { ...support, [key]: to } }),
        ),
      ),
    ...moves(options, overall).map(({ from, to }) =>
      candidate('overall', from, to, { ...carer, overall: to }),
    ),
    candidate('willingAndAble', 'true', 'false', { ...carer, willingAndAble: false }),
  ]
}

/** From the option chosen to the one before it and the one after it, where there are such. */
function moves(options: Options, from: string | undefined): readonly { from: string; to: string }[] {
  const index = options.findIndex(({ key }) => key === from)
  if (from === undefined || index < 0) return []
  return [options[index - 1], options[index + 1]].flatMap((option) =>
    option === undefined ? [] : { from, to: option.key },
  )
}
