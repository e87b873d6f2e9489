// From an assessment's answers to an indicative personal budget, with every step of the working. The result is a
// function of the answers, the questionnaire and the table alone.

import type { AllocationResult, Flag, Outcome } from '../../contract/allocation/allocation.ts'
import type { Answers, StatedEligibility } from '../../contract/allocation/assessment.ts'
import { formatPoints } from '../number/decimal.ts'
import { type Score, score } from '../questionnaire/scoring.ts'
import { eligibilityFlags } from './eligibility-flags.ts'
import { costFlags, otherNeedsFlags, refers } from './flags.ts'
import { outsideOf } from './outside.ts'
import { type PricedQuestionnaire, price, type TablePlan, tableLine } from './price.ts'

/** Changes only when the meaning of a stored input changes; the old engine then stays beside the new one. */
export const ENGINE_VERSION = '1'

/** What the sum is made from: the answers, and three statements by the people who assessed. */
export type AllocationInput = {
  readonly answers: Answers
  readonly eligible: boolean
  /** What else is recorded of eligibility: where it contradicts itself it raises a flag, and never a refusal. */
  readonly stated?: StatedEligibility
  readonly otherNeeds: boolean
  /** The date that chose the table, `YYYY-MM-DD`; shown in the working. */
  readonly assessedOn: string
  /** Where the person lives; in a home of their own where nothing is said. */
  readonly setting?: string
}

/**
 * The indicative allocation with its working. A person found not eligible has points and no amount, and needs no
 * table; one whom the table is not for has points, the table's name and no amount. Refuses `assessment-invalid`, and `points-above-table` where the table says to refuse.
 */
export function allocate(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan | null,
): AllocationResult {
  const points = score(questionnaire.plan, input.answers)
  const eligibility = { step: 'eligibility', eligible: input.eligible } as const
  const { answers, eligible, stated = {}, assessedOn, setting = 'own-home' } = input
  const flags = [
    ...eligibilityFlags(eligible, stated, questionnaire.plan, answers, assessedOn),
    ...otherNeedsFlags(input.otherNeeds),
  ]
  if (!eligible) {
    return {
      ...result(questionnaire, points, 'not-eligible', flags),
      working: [...points.lines, eligibility],
    }
  }
  if (table === null) throw new Error('an eligible person needs a table')
  const { userGroup } = answers
  const cost = outsideOf(table, userGroup, setting) ?? price({ userGroup, assessedOn }, points.total, table)
  flags.push(...costFlags(questionnaire.plan, answers, points, cost, { table, assessedOn }))
  const lines =
    'by' in cost ? [tableLine(table, assessedOn), { step: 'outside', ...cost } as const] : cost.lines
  return {
    ...result(questionnaire, points, flags.some(refers) ? 'refer-individual-costing' : 'indicative', flags),
    ...('by' in cost ? {} : cost.money),
    table: table.ref,
    working: [...points.lines, eligibility, ...lines],
  }
}

function result(questionnaire: PricedQuestionnaire, points: Score, outcome: Outcome, flags: readonly Flag[]) {
  return {
    outcome,
    points: {
      gross: formatPoints(points.gross),
      carerReduction: formatPoints(points.carerReduction),
      addOns: formatPoints(points.addOns),
      total: formatPoints(points.total),
    },
    amountAnnual: null,
    contingencyAnnual: null,
    availableAnnual: null,
    amountWeekly: null,
    flags,
    questionnaire: questionnaire.ref,
    table: null,
    engineVersion: ENGINE_VERSION,
  }
}
