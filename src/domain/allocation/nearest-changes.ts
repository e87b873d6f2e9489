// What would change the figure of an allocation: for each question, the nearest other answers that would raise it and
// lower it. Each is found by doing the whole sum again, so that nothing here can disagree with the engine.

import type { AllocationResult, Outcome } from '../../contract/allocation/allocation.ts'
import { Refusal } from '../../contract/refusal.ts'
import { compile, type Engine } from '../engine/engine.ts'
import { decimal, formatMoney } from '../number/decimal.ts'
import { type OtherAnswers, otherAnswers } from '../questionnaire/other-answers.ts'
import type { AllocationInput } from './allocation.ts'
import type { PricedQuestionnaire, TablePlan } from './price.ts'

/** Keys, as in the answers; the question of a carer change is a domain, `overall` or `willingAndAble`. */
export type NearestChange = {
  readonly section: 'answers' | 'weightings' | 'carer' | 'addOns'
  readonly question: string
  readonly from: string
  readonly to: string
  readonly points: string
  readonly amountAnnual: string
  readonly changeAnnual: string
  readonly outcome: Outcome
}

/** The smallest change of the amount first. `searchedAll` is false where a large questionnaire was not searched to its end. */
export type NearestChanges = { readonly changes: readonly NearestChange[]; readonly searchedAll: boolean }

/** How often the sum is done again at most: every answer of most questionnaires, and the nearest ones of the largest. */
export const MOST_SUMS = 500

/**
 * For every question the nearest other answer that would give more, and the nearest that would give less. The answers
 * next to the given ones are tried first, over all questions, then those one further. A change that the table refuses
 * has no figure and is left out; so is every change for a person found not eligible.
 */
export function nearestChanges(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan,
): NearestChanges {
  const engine = compile(questionnaire, table)
  const now = engine.allocate(input)
  const searches = otherAnswers(questionnaire.plan.questionnaire, input.answers).map((question) => ({
    question,
    found: new Map<number, NearestChange>(),
  }))
  let sums = 0
  const furthest = Math.max(0, ...searches.map(({ question }) => question.others.length))
  for (let place = 0; place < furthest; place += 1) {
    for (const { question, found } of searches) {
      const to = question.others[place]
      if (to === undefined || found.size === 2) continue
      if (sums === MOST_SUMS) return { changes: sorted(searches), searchedAll: false }
      sums += 1
      const then = allocated({ ...input, answers: question.answered(to) }, engine)
      const change = then === null ? null : difference(question, to, now, then)
      const direction = decimal(change?.changeAnnual ?? '0').comparedTo(0)
      if (change !== null && direction !== 0 && !found.has(direction)) found.set(direction, change)
    }
  }
  return { changes: sorted(searches), searchedAll: true }
}

function allocated(input: AllocationInput, engine: Engine): AllocationResult | null {
  try {
    return engine.allocate(input)
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'points-above-table') return null
    throw refusal
  }
}

function difference(
  { section, question, from }: OtherAnswers,
  to: string,
  now: AllocationResult,
  { points, amountAnnual, outcome }: AllocationResult,
): NearestChange | null {
  if (amountAnnual === null || now.amountAnnual === null) return null
  const changeAnnual = formatMoney(decimal(amountAnnual).minus(now.amountAnnual))
  return { section, question, from, to, points: points.total, amountAnnual, changeAnnual, outcome }
}

// Equal changes keep the order of the questionnaire, because the sort is stable.
function sorted(searches: readonly { readonly found: ReadonlyMap<number, NearestChange> }[]) {
  return searches
    .flatMap(({ found }) => [...found.values()])
    .sort((a, b) => decimal(a.changeAnnual).abs().comparedTo(decimal(b.changeAnnual).abs()))
}
