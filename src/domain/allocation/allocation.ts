// From an assessment's answers to an indicative personal budget, with every step of the working. The result is a
// function of the answers, the questionnaire and the table alone.

import type { AllocationResult, Flag, Outcome } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import { formatPoints } from '../number/decimal.ts'
import { type Score, score } from '../questionnaire/scoring.ts'
import { type PricedQuestionnaire, price, type TablePlan } from './price.ts'
import { amountFlags, eligibilityFlags, otherNeedsFlags, referralFlags, refers } from './referral.ts'

/** Changes only when the meaning of a stored input changes; the old engine then stays beside the new one. */
export const ENGINE_VERSION = '1'

/** What the sum is made from: the answers, and three statements by the people who assessed. */
export type AllocationInput = {
  readonly answers: Answers
  readonly eligible: boolean
  /** Whether the decision that the person is eligible is recorded without grounds: a flag, and never a refusal. */
  readonly groundsMissing?: boolean
  readonly otherNeeds: boolean
  /** The date that chose the table, `YYYY-MM-DD`; shown in the working. */
  readonly assessedOn: string
}

/**
 * The indicative allocation with its working. A person found not eligible has points and no amount, and needs no
 * table. Refuses `assessment-invalid`, and `points-above-table` where the table says to refuse.
 */
export function allocate(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan | null,
): AllocationResult {
  const points = score(questionnaire.plan, input.answers)
  const eligibility = { step: 'eligibility', eligible: input.eligible } as const
  const flags = [...eligibilityFlags(input.groundsMissing === true), ...otherNeedsFlags(input.otherNeeds)]
  if (!input.eligible) {
    return {
      ...result(questionnaire, points, 'not-eligible', flags),
      working: [...points.lines, eligibility],
    }
  }
  if (table === null) throw new Error('an eligible person needs a table')
  const priced = price(
    { userGroup: input.answers.userGroup, assessedOn: input.assessedOn },
    points.total,
    table,
  )
  flags.push(
    ...amountFlags(questionnaire.plan, points.total, priced, table),
    ...referralFlags(questionnaire.plan, input.answers, points),
  )
  const outcome = flags.some(refers) ? 'refer-individual-costing' : 'indicative'
  return {
    ...result(questionnaire, points, outcome, flags),
    ...priced.money,
    table: table.ref,
    working: [...points.lines, eligibility, ...priced.lines],
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
