import { deepStrictEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { estimateAgreement } from '../../../../src/domain/calibration/effects/estimate-agreement.ts'
import { arbCase, person, repeated } from './impact-cases.ts'

t.test('amounts and present costs against the workers’ own estimates', async (t) => {
  const cases = [
    person({ ref: 'A', estimate: 100_000, cost: 100_000 }),
    person({ ref: 'B', estimate: 100_000, cost: 126_000, userGroup: 'elders' }),
    person({ ref: 'C', estimate: null }),
    person({ ref: 'D', estimate: 0, cost: 1, weight: 20_000 }),
  ]
  const found = estimateAgreement(cases, [110_000, 80_000, 5, 0])
  t.strictSame(
    { ...found, groups: [] },
    {
      rows: 3,
      people: '4',
      averageEstimate: '500.00',
      amounts: {
        averageDifference: '-25.00',
        averageDistance: '75.00',
        within10Percent: '75.00',
        within25Percent: '100.00',
      },
      existing: {
        averageDifference: '65.01',
        averageDistance: '65.01',
        within10Percent: '25.00',
        within25Percent: '25.00',
      },
      groups: [],
    },
  )
  t.strictSame(
    found.groups.map(({ userGroup, rows, amounts }) => [userGroup, rows, amounts.averageDifference]),
    [
      ['adults', 2, '33.33'],
      ['elders', 1, '-200.00'],
    ],
  )
})

t.test('what people have now may be given', async (t) => {
  const found = estimateAgreement([person({ estimate: 100, cost: 5 })], [100], [200])
  t.equal(found.existing.averageDifference, '1.00')
})

t.test('without estimates there is nothing to agree with', async (t) => {
  const found = estimateAgreement([person({})], [5])
  t.equal(found.rows, 0)
  t.equal(found.averageEstimate, null)
  t.equal(found.amounts.within10Percent, null)
  t.strictSame(found.groups, [])
})

t.test('a weight is the row repeated, and the order of rows is nothing', async (t) => {
  const property = fc.property(fc.array(fc.tuple(arbCase, fc.nat(9e6)), { maxLength: 12 }), (drawn) => {
    const cases = drawn.map(([one]) => one)
    const amounts = drawn.map(([, amount]) => amount)
    const found = estimateAgreement(cases, amounts)
    const [more, moreAmounts] = repeated(cases, amounts)
    deepStrictEqual(estimateAgreement(more, moreAmounts).amounts, found.amounts)
    equal(JSON.stringify(estimateAgreement(cases.toReversed(), amounts.toReversed())), JSON.stringify(found))
  })
  fc.assert(property, { seed: 11, numRuns: 100 })
  t.pass()
})
