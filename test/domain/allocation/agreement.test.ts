// The engine against a second computation that shares no code with it: random questionnaires, tables and
// assessments come to the same points, money and outcome, to the last digit.

import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Answers } from '../../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { Refusal } from '../../../src/contract/refusal.ts'
import { questionnaireFaults } from '../../../src/domain/questionnaire/questionnaire-faults.ts'
import { tableFaults } from '../../../src/domain/table/table-faults.ts'
import { allocation, type Changes, questionnaire, table, through } from '../../cases/documents.ts'
import { arbCase } from '../../support/arbitraries.ts'
import { draws } from '../../support/draws.ts'
import { type OracleAllocation, oracleAllocation } from '../../support/oracle.ts'

const SEED = 20121105
const RUNS = draws(300)

t.test('what is drawn may be published', async (t) => {
  const publishable = fc.property(arbCase, ({ questionnaire, table }) => {
    deepStrictEqual(questionnaireFaults(questionnaire), [])
    const against = { questionnaire, today: '1899-12-31' }
    deepStrictEqual(tableFaults(table, against), [])
  })
  fc.assert(publishable, { seed: SEED, numRuns: RUNS })
  t.pass(`${RUNS} questionnaires and tables`)
})

t.test('random allocations agree with the second computation', async (t) => {
  const outcomes = new Map<string, number>()
  const agrees = fc.property(arbCase, (drawn) => {
    const expected = oracleAllocation(drawn.questionnaire, drawn.table, drawn)
    deepStrictEqual(engine(drawn, expected.points), expected)
    outcomes.set(expected.outcome, (outcomes.get(expected.outcome) ?? 0) + 1)
  })
  fc.assert(agrees, { seed: SEED, numRuns: RUNS })
  t.comment(Object.fromEntries(outcomes))
  for (const outcome of ['indicative', 'refer-individual-costing', 'not-eligible', 'points-above-table'])
    t.ok((outcomes.get(outcome) ?? 0) >= RUNS / 50, `${outcome} is met often enough to mean something`)
})

t.test('nothing is shortened at the widest numbers that a request may carry', async (t) => {
  const many = <V>(part: (i: number) => V) => Array.from({ length: 20 }, (_, i) => part(i))
  const points = '999999.9999'
  const weightings = many((i) => {
    const options = [{ key: 'yes', label: 'Yes', factor: '0.99999999' }]
    return { key: `weighting-${i}`, question: 'Yes?', appliesTo: 'care', options }
  })
  const widest: Questionnaire = {
    ...questionnaire,
    domains: questionnaire.domains
      .slice(0, 1)
      .map((domain) => ({ ...domain, options: [{ key: 'some', label: 'Some', points }] })),
    weightings,
    carerSupport: {
      scope: 'overall',
      options: [{ key: 'most', label: 'Most', retainedFraction: '0.99999999' }],
      referAbove: '0.99999999',
    },
    addOns: [],
    referralRules: [],
    scaleMaximum: points,
  }
  const given: Answers = {
    userGroup: 'adults',
    answers: { washing: 'some' },
    weightings: Object.fromEntries(weightings.map(({ key }) => [key, 'yes'])),
    carer: { willingAndAble: true, overall: 'most' },
    addOns: {},
  }
  const prices: CalibrationTable = {
    ...through(['0.0001', '0.01'], [points, '999999999999.99']),
    adjustments: many((i) => ({
      name: `Prices ${i}`,
      kind: 'local-cost',
      factor: '0.99999999',
      reason: 'R',
    })),
    contingency: { ...table.contingency, fraction: '0.99999999' },
    rounding: { to: '0.07', mode: 'half-even' },
    weeksPerYear: '52.14285714',
  }
  const against = { questionnaire: widest, today: '1899-12-31' }
  t.strictSame([questionnaireFaults(widest), tableFaults(prices, against)], [[], []])
  const drawn = { questionnaire: widest, table: prices, answers: given, eligible: true, otherNeeds: false }
  const expected = oracleAllocation(widest, prices, drawn)
  t.equal(expected.points.gross.length, '999999.'.length + 4 + 160, 'no place of twenty factors is lost')
  t.strictSame(engine(drawn, expected.points), expected)
})

// A refusal carries no points; that it is a refusal, and by this name, is what must agree.
function engine(drawn: Changes, points: OracleAllocation['points']): OracleAllocation {
  try {
    const { outcome, points, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly } =
      allocation(drawn)
    return { outcome, points, amountAnnual, contingencyAnnual, availableAnnual, amountWeekly }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'points-above-table') throw error
    const none = { amountAnnual: null, contingencyAnnual: null, availableAnnual: null, amountWeekly: null }
    return { outcome: error.code, points, ...none }
  }
}
