// The sum as a citizen can do it again: each place on a curve, each adjustment, each rounding, each reason to refer.

import t from 'tap'
import type { CalibrationTable, Curve } from '../../../src/contract/documents/calibration-table.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import {
  adultTable,
  carer,
  carerAnswers,
  carerTable,
  explanationInput,
  fullTable,
  has,
  sectionText,
  worked,
} from './cases.ts'

type Knots = readonly (readonly [points: string, amountAnnual: string])[]

function tableWith(knots: Knots, changed: Partial<CalibrationTable> = {}): CalibrationTable {
  const curve: Curve = {
    userGroups: 'all',
    interpolation: 'linear',
    knots: knots.map(([points, amountAnnual]) => ({ points, amountAnnual })),
  }
  return { ...adultTable, curves: [curve], ...changed }
}

const A = worked('A')

t.test('between two knots, the share is written out', async (t) => {
  has(
    t,
    { answers: A },
    'sum',
    '0 points give £0 a year and 100 points give £54,564.87',
    '25 of the 100 points',
  )
  has(
    t,
    { answers: A },
    'sum',
    '£54,564.87 × 25 ÷ 100 = £13,641.22 a year',
    '£13,641.22 ÷ 52 weeks = £262.33',
  )
  const table = tableWith([
    ['20.00', '1000.00'],
    ['40.00', '9000.00'],
  ])
  has(t, { answers: A, table }, 'sum', '£1,000 + £8,000 × 5 ÷ 20 = £3,000 a year')
})

t.test('at a knot, the amount is the knot', async (t) => {
  const exactly = 'The table has an amount for exactly 25 points: £9,000.50 a year.'
  has(
    t,
    {
      answers: A,
      table: tableWith([
        ['25.00', '9000.50'],
        ['40.00', '9500.00'],
      ]),
    },
    'sum',
    exactly,
  )
  has(
    t,
    {
      answers: A,
      table: tableWith([
        ['5.00', '10.00'],
        ['25.00', '9000.50'],
      ]),
    },
    'sum',
    exactly,
  )
  has(t, { answers: A, table: tableWith([['25.00', '9000.50']]) }, 'sum', exactly)
})

t.test('below the first knot, each rule has its words', async (t) => {
  const knots: Knots = [
    ['50.00', '8000.00'],
    ['100.00', '20000.00'],
  ]
  const below = (belowFirst: CalibrationTable['belowFirst']) => ({
    answers: A,
    table: tableWith(knots, { belowFirst }),
  })
  has(t, below('line-from-zero'), 'sum', 'begins at 50 points', '£8,000 × 25 ÷ 50 = £4,000 a year')
  has(t, below('hold'), 'sum', 'Below its beginning the table gives the same £8,000 a year.')
  has(
    t,
    below('zero'),
    'sum',
    'Below its beginning the table gives no money.',
    'indicative budget is £0 a year',
  )
})

t.test('a table of steps says from where to where the step holds', async (t) => {
  const banded = (changed: Record<string, string>) => ({
    answers: carerAnswers(changed),
    questionnaire: carer,
    table: carerTable,
  })
  has(
    t,
    banded({ home: 'high' }),
    'sum',
    'From 4 points until the next step, at 12 points, it gives £150 a year.',
  )
  const all = Object.fromEntries(carer.domains.map(({ key }) => [key, 'high']))
  has(t, banded(all), 'sum', 'From 36 points upwards it gives £1,000 a year. You have 48 points')
})

t.test('each adjustment has its reason and its pounds, and the rounding its own', async (t) => {
  const given = { answers: { ...worked('C'), userGroup: 'learning-disability' }, table: fullTable }
  has(t, given, 'sum', '£18,000 + £30,000 × 4 ÷ 30 = £22,000', 'for rising prices, called “Fees 2026”')
  has(
    t,
    given,
    'sum',
    'multiplied by 1.06. This adds £1,320 and makes £23,320 a year.',
    '6% more from April 2026.”',
  )
  has(t, given, 'sum', 'to save money, called “Savings plan”', 'This takes off £466.40 and makes £22,853.60')
  has(
    t,
    given,
    'sum',
    'rounded to the nearest £10. This takes off £3.60. So your indicative budget is £22,850 a year.',
  )
  const still = [
    { name: 'Rent', kind: 'local-cost' as const, factor: '1', reason: 'Local prices are average' },
  ]
  has(
    t,
    { answers: A, table: { ...adultTable, adjustments: still } },
    'sum',
    'for local costs',
    'This changes nothing',
  )
})

t.test('an adjustment stored without its reason is still told', async (t) => {
  const input = explanationInput({ answers: worked('C'), table: fullTable })
  const text = sectionText(explain({ ...input, table: { ...fullTable, adjustments: [] } }), 'sum')
  t.match(text, 'called “Fees 2026”')
  t.notMatch(text, 'The council’s reason is')
})

t.test('every way of rounding has its words', async (t) => {
  const rounded = (to: string, mode: CalibrationTable['rounding']['mode']) => ({
    answers: A,
    table: { ...adultTable, rounding: { to, mode } },
  })
  has(t, rounded('1.00', 'up'), 'sum', 'rounded up to the next £1. This adds £0.78.')
  has(t, rounded('0.01', 'down'), 'sum', 'rounded down to the last penny. This takes off £0.01.')
  has(
    t,
    rounded('0.01', 'half-even'),
    'sum',
    'to the nearest penny, and an exact half goes to the even side.',
  )
})

t.test('a cap that is not reached says so; one that is reached refers and takes nothing off', async (t) => {
  has(
    t,
    { answers: A, table: { ...adultTable, cap: { amountAnnual: '52000' } } },
    'sum',
    'Above £52,000 a year',
    'is not above that',
  )
  const given = { answers: A, table: { ...adultTable, cap: { amountAnnual: '13000' } } }
  has(t, given, 'sum', 'Your figure is above that. Nothing was taken off it', 'the level is not a limit')
})

t.test('points above the table or above the scale are told, and the figure is no limit', async (t) => {
  const above = {
    answers: worked('F'),
    table: tableWith([
      ['0.00', '0.00'],
      ['60.00', '30000.00'],
    ]),
  }
  has(
    t,
    above,
    'sum',
    'The highest entry in the table is for 60 points.',
    'It is a starting point and not a limit.',
  )
})

t.test('a working that lost its knots is a fault of the program', async (t) => {
  const broken = (place: 'below-first' | 'on-segment') => {
    const input = explanationInput({ answers: A })
    const working = input.allocation.working.map((line) =>
      line.step === 'curve' ? { ...line, place, from: null, to: null } : line,
    )
    return () => explain({ ...input, allocation: { ...input.allocation, working } })
  }
  t.throws(broken('below-first'), /first knot/)
  t.throws(broken('on-segment'), /knot to start from/)
})
