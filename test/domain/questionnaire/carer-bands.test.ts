// The sample table for carers: a step holds from its points, inclusive, to the next.

import t from 'tap'
import type { Answers } from '../../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import { allocation, allocationOf, json } from '../../cases/documents.ts'

const questionnaire = json<Questionnaire>('examples/questionnaire-carer.json')
const table = json<CalibrationTable>('examples/table-carer.json')
const forAdults = {
  ...table,
  reviewBy: '2026-12-31',
  curves: table.curves.map((curve) => ({ ...curve, userGroups: 'all' as const })),
}

const bands = [
  { points: '0.00', amount: '0.00', from: '0.00', why: 'the first step is at nothing' },
  { points: '3.00', amount: '0.00', from: '0.00', why: 'one point below the first edge' },
  { points: '3.99', amount: '0.00', from: '0.00', why: 'a hundredth below the first edge' },
  { points: '4.00', amount: '150.00', from: '4.00', why: 'on the first edge' },
  { points: '4.01', amount: '150.00', from: '4.00', why: 'a hundredth above the first edge' },
  { points: '11.00', amount: '150.00', from: '4.00', why: 'one point below the second edge' },
  { points: '11.99', amount: '150.00', from: '4.00', why: 'a hundredth below the second edge' },
  { points: '12.00', amount: '300.00', from: '12.00', why: 'on the second edge' },
  { points: '23.00', amount: '300.00', from: '12.00', why: 'one point below the third edge' },
  { points: '23.99', amount: '300.00', from: '12.00', why: 'a hundredth below the third edge' },
  { points: '24.00', amount: '600.00', from: '24.00', why: 'on the third edge' },
  { points: '35.00', amount: '600.00', from: '24.00', why: 'one point below the last edge' },
  { points: '35.99', amount: '600.00', from: '24.00', why: 'a hundredth below the last edge' },
  { points: '36.00', amount: '1000.00', from: '36.00', why: 'on the last edge' },
  { points: '47.99', amount: '1000.00', from: '36.00', why: 'a hundredth below the top of the scale' },
  { points: '48.00', amount: '1000.00', from: '36.00', why: 'the last step holds to the top of the scale' },
]

for (const { points, amount, from, why } of bands) {
  t.test(`${points} points give a carer £${amount}: ${why}`, async (t) => {
    const result = allocationOf(points, forAdults, '48.00')
    t.equal(result.amountAnnual, amount)
    const flags =
      points === '0.00' ? ['eligible-without-points'] : amount === '0.00' ? ['priced-at-nothing'] : []
    t.strictSame(
      result.flags.map(({ code }) => code),
      flags,
    )
    t.equal(result.outcome, flags.length === 0 ? 'indicative' : 'refer-individual-costing')
    t.match(
      result.working.find(({ step }) => step === 'curve'),
      { place: 'on-step', from: { points: from, amountAnnual: amount }, to: null },
    )
  })
}

t.test('above the scale the last step is held and the case goes to individual costing', async (t) => {
  const result = allocationOf('48.01', forAdults, '48.00')
  t.equal(result.amountAnnual, '1000.00')
  t.equal(result.outcome, 'refer-individual-costing')
  t.match(result.flags, [{ code: 'above-scale' }])
})

t.test('a whole assessment of a carer is priced by its bands', async (t) => {
  const answered = (high: number, medium: number): Answers => {
    const option = (i: number) => (i < high ? 'high' : i < high + medium ? 'medium' : 'none')
    const chosen = questionnaire.domains.map(({ key }, i) => [key, option(i)])
    return { userGroup: 'carers', answers: Object.fromEntries(chosen), weightings: {}, addOns: {} }
  }
  const amount = (high: number, medium: number) =>
    allocation({ questionnaire, table, answers: answered(high, medium) }).amountAnnual
  t.equal(amount(0, 0), '0.00')
  t.equal(amount(0, 1), '150.00', '4 points')
  t.equal(amount(1, 1), '150.00', '10 points')
  t.equal(amount(2, 0), '300.00', '12 points')
  t.equal(amount(8, 0), '1000.00', '48 points')
})
