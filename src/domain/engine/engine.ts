// The one way to a sum. A questionnaire and a table are compiled once, and most of every sum is then looked up or added
// in whole numbers; decimal.js makes each part when it is first met, and does whatever is not compiled. Both give the
// same bytes, so the engine has one version.

import type { AllocationResult } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import {
  type AllocationInput,
  allocate,
  costed,
  notEligible,
  outsideTable,
} from '../allocation/allocation.ts'
import { outsideOf } from '../allocation/outside.ts'
import type { PricedQuestionnaire, TablePlan } from '../allocation/price.ts'
import { hundredthsIn } from '../number/decimal-fraction.ts'
import { score } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { type CompiledPrices, compilePrices } from './compiled-prices.ts'
import { compileScoring } from './compiled-scoring.ts'

export type Engine = {
  /** As `allocate`, and refuses as it does. */
  allocate(input: AllocationInput): AllocationResult
  /**
   * The amount alone, in whole pence a year; null for whoever is not eligible, or outside the table. Refuses as
   * `allocate` does.
   */
  pence(input: Pick<AllocationInput, 'answers' | 'eligible' | 'setting'>): number | null
}

/** Points of answers in hundredths. */
export type Points = (answers: Answers) => number

/** Without a table nobody eligible can be priced. */
export function compile(questionnaire: PricedQuestionnaire, table: TablePlan | null): Engine {
  const scoring = compileScoring(questionnaire.plan)
  const prices = table === null ? null : compilePrices(questionnaire, table)
  const points = pointsBy(questionnaire.plan, scoring)
  return {
    allocate(input) {
      const scored = scoring?.scored(input.answers) ?? null
      if (scored === null) return allocate(input, questionnaire, table)
      if (!input.eligible) return notEligible(input, questionnaire, scored)
      const { userGroup } = input.answers
      const at = pricing(table, prices)
      const line = at.prices.line(input.assessedOn)
      const outside = outsideOf(at.table, userGroup, input.setting ?? 'own-home')
      if (outside !== null)
        return outsideTable(input, questionnaire, scored, { table: at.table, line, outside })
      const cost = at.prices.cost(userGroup, scored.hundredths)
      return costed(input, questionnaire, scored, { table: at.table, line, cost })
    },

    pence({ answers, eligible, setting = 'own-home' }) {
      const hundredths = points(answers)
      if (!eligible) return null
      const at = pricing(table, prices)
      if (outsideOf(at.table, answers.userGroup, setting) !== null) return null
      return at.prices.pence(answers.userGroup, hundredths)
    },
  }
}

function pricing(table: TablePlan | null, prices: CompiledPrices | null) {
  if (table === null || prices === null) throw new Error('an eligible person needs a table')
  return { table, prices }
}

/** Scores many answers. Refuses `assessment-invalid`, as `score` does. */
export function compilePoints(plan: ScoringPlan): Points {
  return pointsBy(plan, compileScoring(plan))
}

function pointsBy(plan: ScoringPlan, scoring: ReturnType<typeof compileScoring>): Points {
  return (answers) => scoring?.hundredths(answers) ?? hundredthsIn(score(plan, answers).total.toFixed(2))
}
