// From an assessment's answers to an indicative personal budget, with every step of the working. The result is a
// function of the answers, the questionnaire and the table alone.

import type { AllocationResult, Flag } from '../../contract/allocation/allocation.ts'
import type { Answers, StatedEligibility } from '../../contract/allocation/assessment.ts'
import type { WorkingDomain, WorkingLine } from '../../contract/allocation/working.ts'
import { type Decimal, formatPoints } from '../number/decimal.ts'
import { type Score, score as scoreOf } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { eligibilityFlags } from './eligibility-flags.ts'
import { costFlags, otherNeedsFlags, refers } from './flags.ts'
import { type Outside, outsideOf } from './outside.ts'
import { type Money, type PricedQuestionnaire, price, type TablePlan, tableLine } from './price.ts'
import { type MoneyStanding, moneyStanding, type PointsStanding, pointsStanding } from './standing.ts'

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

/** Points as they stand in a result, with the lines that lead to them. */
export type Scored = {
  readonly points: AllocationResult['points']
  readonly standing: PointsStanding
  readonly domains: readonly WorkingDomain[]
  /** The lines after those of the domains. */
  readonly sums: readonly WorkingLine[]
}

/** Money as it stands in a result, with the lines that lead to it from the table. */
export type Cost = {
  readonly money: Money
  readonly standing: MoneyStanding
  readonly lines: readonly WorkingLine[]
}

/**
 * The indicative allocation with its working, by decimal.js: the reference, which `compile` is held against. A person
 * found not eligible has points and no amount, and needs no table; one whom the table is not for has points, the
 * table's name and no amount. Refuses `assessment-invalid`, and `points-above-table` where the table says to refuse.
 */
export function allocate(
  input: AllocationInput,
  questionnaire: PricedQuestionnaire,
  table: TablePlan | null,
): AllocationResult {
  const score = scoreOf(questionnaire.plan, input.answers)
  const scored = scoredOf(questionnaire.plan, score)
  if (!input.eligible) return notEligible(input, questionnaire, scored)
  if (table === null) throw new Error('an eligible person needs a table')
  const outside = outsideOf(table, input.answers.userGroup, input.setting ?? 'own-home')
  const line = tableLine(table, input.assessedOn)
  if (outside !== null) return outsideTable(input, questionnaire, scored, { table, line, outside })
  const cost = costOf(questionnaire.plan, input.answers.userGroup, score.total, table)
  return costed(input, questionnaire, scored, { table, line, cost })
}

function scoredOf(plan: ScoringPlan, score: Score): Scored {
  const { gross, carerReduction, addOns, total, lines } = score
  return {
    points: {
      gross: formatPoints(gross),
      carerReduction: formatPoints(carerReduction),
      addOns: formatPoints(addOns),
      total: formatPoints(total),
    },
    standing: pointsStanding(plan, score),
    domains: lines.filter((line) => line.step === 'domain'),
    sums: lines.filter((line) => line.step !== 'domain'),
  }
}

/** What a table gives for points. Refuses `points-above-table` where the table says to refuse. */
export function costOf(plan: ScoringPlan, userGroup: string, total: Decimal, table: TablePlan): Cost {
  const priced = price(userGroup, total, table)
  return { money: priced.money, standing: moneyStanding(plan, total, priced, table), lines: priced.lines }
}

type Input = Omit<AllocationInput, 'eligible'>

/** The allocation of somebody who is not eligible. */
export function notEligible(
  input: Input,
  questionnaire: PricedQuestionnaire,
  scored: Scored,
): AllocationResult {
  const working = [...scored.domains, ...scored.sums, NOT_ELIGIBLE]
  const flags = firstFlags(input, false, questionnaire)
  return result(questionnaire, scored, {
    outcome: 'not-eligible',
    money: NO_MONEY,
    flags,
    table: null,
    working,
  })
}

type AtTable = { readonly table: TablePlan; readonly line: WorkingLine }

/** The allocation of somebody eligible whom the table is not for. */
export function outsideTable(
  input: Input,
  questionnaire: PricedQuestionnaire,
  scored: Scored,
  { table, line, outside }: AtTable & { readonly outside: Outside },
): AllocationResult {
  const { answers, assessedOn } = input
  const { standing: points, domains } = scored
  const circumstances = { answers, assessedOn, domains, points, money: null }
  return result(questionnaire, scored, {
    outcome: 'refer-individual-costing',
    money: NO_MONEY,
    flags: [
      ...firstFlags(input, true, questionnaire),
      ...costFlags(questionnaire.plan, table, outside, circumstances),
    ],
    table: table.ref,
    working: [...scored.domains, ...scored.sums, ELIGIBLE, line, { step: 'outside', ...outside }],
  })
}

/** The allocation of somebody eligible whom the table is for. */
export function costed(
  input: Input,
  questionnaire: PricedQuestionnaire,
  scored: Scored,
  { table, line, cost }: AtTable & { readonly cost: Cost },
): AllocationResult {
  const { answers, assessedOn } = input
  const { standing: points, domains } = scored
  const circumstances = { answers, assessedOn, domains, points, money: cost.standing }
  const flags = [
    ...firstFlags(input, true, questionnaire),
    ...costFlags(questionnaire.plan, table, null, circumstances),
  ]
  return result(questionnaire, scored, {
    outcome: flags.some(refers) ? 'refer-individual-costing' : 'indicative',
    money: cost.money,
    flags,
    table: table.ref,
    working: [...scored.domains, ...scored.sums, ELIGIBLE, line, ...cost.lines],
  })
}

const ELIGIBLE: WorkingLine = Object.freeze({ step: 'eligibility', eligible: true })
const NOT_ELIGIBLE: WorkingLine = Object.freeze({ step: 'eligibility', eligible: false })
const NO_MONEY = { amountAnnual: null, contingencyAnnual: null, availableAnnual: null, amountWeekly: null }

/** What is told of somebody before any cost. */
function firstFlags(
  { stated = {}, answers, assessedOn, otherNeeds }: Input,
  eligible: boolean,
  { plan }: PricedQuestionnaire,
): readonly Flag[] {
  return [...eligibilityFlags(eligible, stated, plan, answers, assessedOn), ...otherNeedsFlags(otherNeeds)]
}

function result(
  questionnaire: PricedQuestionnaire,
  { points }: Scored,
  rest: Pick<AllocationResult, 'outcome' | 'flags' | 'table' | 'working'> & {
    readonly money: Money | typeof NO_MONEY
  },
): AllocationResult {
  const { outcome, money, flags, table, working } = rest
  const { amountAnnual, contingencyAnnual, availableAnnual, amountWeekly } = money
  return {
    outcome,
    points,
    amountAnnual,
    contingencyAnnual,
    availableAnnual,
    amountWeekly,
    flags,
    questionnaire: questionnaire.ref,
    table,
    engineVersion: ENGINE_VERSION,
    working,
  }
}
