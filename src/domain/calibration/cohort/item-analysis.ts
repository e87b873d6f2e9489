// Does each domain's score carry information? If everyone gave the same answer, a domain adds points and
// says nothing; one that falls as the rest rises works against the questionnaire. Told per domain, for people to judge.

import type { WorkingDomain } from '../../../contract/allocation/working.ts'
import type {
  ItemAnalysis,
  ItemFlag,
  ItemReport,
  OptionUse,
} from '../../../contract/calibration/cohort-figures.ts'
import type { QuestionDomain } from '../../../contract/documents/questionnaire.ts'
import { decimalDouble, poundsText, ratioText, textDouble } from '../../number/double.ts'
import { present } from '../../present.ts'
import { score } from '../../questionnaire/scoring.ts'
import type { ScoringPlan } from '../../questionnaire/scoring-plan.ts'
import { inOrder, total } from '../trust/sample.ts'
import type { Case } from './case.ts'
import { pearson } from './correlation.ts'

type Column = {
  readonly cost: Float64Array
  readonly weight: Float64Array
  readonly total: Float64Array
  readonly lines: readonly (readonly WorkingDomain[])[]
}

/** Analyses the cases that carry answers to the questionnaire of the plan; the others are counted. */
export function itemAnalysis(cases: readonly Case[], plan: ScoringPlan): ItemAnalysis {
  const answered = inOrder(cases).flatMap(({ answers, cost, weight }) =>
    answers === null ? [] : [{ score: score(plan, answers), cost, weight }],
  )
  const column: Column = {
    cost: Float64Array.from(answered, ({ cost }) => cost),
    weight: Float64Array.from(answered, ({ weight }) => weight),
    total: Float64Array.from(answered, ({ score: { gross, carerReduction, addOns } }) =>
      decimalDouble(gross.minus(carerReduction).plus(addOns)),
    ),
    lines: answered.map(({ score: { lines } }) => lines.filter((line) => line.step === 'domain')),
  }
  return {
    cases: answered.length,
    withoutAnswers: cases.length - answered.length,
    domains: plan.questionnaire.domains.map((domain, index) => itemReport(domain, index, column)),
  }
}

function itemReport(domain: QuestionDomain, index: number, column: Column): ItemReport {
  const own = column.lines.map((lines) => present(lines[index]))
  const item = netPoints(own)
  // Whole billionths of a point: a rest that is the same for everyone must not seem to vary by a rounding of doubles.
  // Only a correlation is read from them, never an amount or anybody's points.
  const rest = item.map((points, i) => Math.round((present(column.total[i]) - points) * 1e9))
  const options = domain.options.map(({ key, points }) =>
    optionUse(
      key,
      points,
      own.map(({ option }) => option === key),
      column,
    ),
  )
  const itemRest = pearson(item, rest, column.weight)
  const withCost = pearson(item, column.cost, column.weight)
  const varies = item.some((points) => points !== item[0])
  return {
    domain: domain.key,
    options,
    itemRest,
    withCost,
    flags: own.length === 0 ? [] : flagsOf(varies, itemRest, withCost, options),
  }
}

// The same few numbers stand in every case: each is read once.
function netPoints(lines: readonly WorkingDomain[]): Float64Array {
  const read = new Map([...new Set(lines.map(({ net }) => net))].map((net) => [net, textDouble(net)]))
  return Float64Array.from(lines, ({ net }) => present(read.get(net)))
}

function optionUse(option: string, points: string, chosen: readonly boolean[], column: Column): OptionUse {
  const weight = column.weight.map((own, i) => (chosen[i] ? own : 0))
  const spend = weight.map((own, i) => own * present(column.cost[i]))
  const chosenWeight = total(weight)
  return {
    option,
    points,
    cases: chosen.filter(Boolean).length,
    share: ratioText(chosenWeight, total(column.weight)),
    meanCost: chosenWeight === 0 ? null : poundsText(total(spend) / chosenWeight),
  }
}

function flagsOf(
  varies: boolean,
  itemRest: string | null,
  withCost: string | null,
  options: readonly OptionUse[],
): readonly ItemFlag[] {
  const flags: readonly (readonly [ItemFlag, boolean])[] = [
    ['no-variation', !varies],
    ['falls-as-the-rest-rises', itemRest?.startsWith('-') === true],
    ['falls-as-cost-rises', withCost?.startsWith('-') === true],
    ['option-never-chosen', options.some(({ cases }) => cases === 0)],
  ]
  return flags.flatMap(([flag, found]) => (found ? [flag] : []))
}
