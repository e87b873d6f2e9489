// The printed table: rounded knots, what the engine gives from them, and tables that may be published.

import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { CalibrationTable } from '../../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../../src/contract/documents/questionnaire.ts'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import {
  amountsOf,
  publishedKnots,
  roundingDifference,
} from '../../../../src/domain/calibration/methods/published.ts'
import { decimal, roundFraction } from '../../../../src/domain/number/decimal.ts'
import { add, compare, fraction } from '../../../../src/domain/number/fraction.ts'
import { planCurve, readCurve } from '../../../../src/domain/table/curve.ts'
import { tableFaults } from '../../../../src/domain/table/table-faults.ts'
import { json } from '../../../cases/documents.ts'
import { arbCohort, bnesPeople, cohort, EVERY_METHOD, input, nameOf, tiny } from './method-cohorts.ts'

t.test('knots are printed to the unit, halves up', async (t) => {
  const curve = {
    knots: [
      { points: 0, amount: fraction(0n) },
      { points: 5, amount: fraction(1n, 2n) },
      { points: 1785, amount: fraction(149_950n) },
      { points: 10_000, amount: fraction(15_000_049n, 10n) },
    ],
  }
  t.strictSame(publishedKnots({ curve }, 1), [
    { points: '0.00', amountAnnual: '0.00' },
    { points: '0.05', amountAnnual: '0.01' },
    { points: '17.85', amountAnnual: '1499.50' },
    { points: '100.00', amountAnnual: '15000.05' },
  ])
  t.strictSame(
    publishedKnots({ curve }, 100).map(({ amountAnnual }) => amountAnnual),
    ['0.00', '0.00', '1500.00', '15000.00'],
  )
})

t.test('what rounding adds is stated against the exact total', async (t) => {
  const fixed = fit({ method: 'fixed' }, input(tiny))
  const pence = amountsOf(publishedKnots(fixed, 1), tiny, 1)
  t.strictSame(roundingDifference(fixed, pence, tiny), fraction(0n))
  const tens = amountsOf(publishedKnots(fixed, 1000), tiny, 1000)
  t.strictSame(tens, [287_000, 574_000, 574_000, 1_148_000, 1_722_000, 2_296_000])
  t.strictSame(roundingDifference(fixed, tens, tiny), fraction(1000n))
  t.strictSame(
    roundingDifference(
      fixed,
      tens.map((amount) => amount - 500),
      tiny,
    ),
    fraction(-2000n),
  )
})

t.test('each person gets what the engine gives from the same knots', async (t) => {
  const arbAsked = fc.tuple(arbCohort, fc.constantFrom(1, 10, 100, 5200), fc.array(fc.nat(2000)))
  fc.assert(
    fc.property(arbAsked, ([cases, unit, others]) => {
      fc.pre(cases.some(({ points, cost }) => points > 0 && cost > 0))
      const knots = publishedKnots(fit({ method: 'percentile' }, input(cases, { scaleMaximum: 2000 })), unit)
      const asked = [...cases, ...cohort(...others.map((points) => [points / 100, 0] as const))]
      const planned = planCurve(
        { userGroups: 'all', interpolation: 'linear', knots },
        'line-from-zero',
        decimal('20.00'),
      )
      const expected = asked.map(({ points }) => {
        const { numerator, denominator } = readCurve(planned, decimal((points / 100).toFixed(2)))
        return roundFraction(numerator, denominator, decimal(`${unit / 100}`), 'half-up')
          .times(100)
          .toNumber()
      })
      deepStrictEqual(amountsOf(knots, asked, unit), expected)
    }),
    { seed: 1948, numRuns: 100 },
  )
  t.pass('100 tables')
})

t.test('above the last knot its amount is held, and a knot may have more places than two', async (t) => {
  const knots = [
    { points: '0.00', amountAnnual: '0.00' },
    { points: '9.375', amountAnnual: '937.50' },
  ]
  t.strictSame(amountsOf(knots, cohort([5, 0], [9.38, 0]), 1), [50_000, 93_750])
})

const table = json<CalibrationTable>('examples/table-adult.json')
const questionnaire = json<Questionnaire>('examples/questionnaire-adult.json')

for (const request of EVERY_METHOD) {
  t.test(`the table of ${nameOf(request)} may be published`, async (t) => {
    const cases = bnesPeople().map((person) => person.case)
    for (const unit of [1, 100]) {
      const asked = input(cases, { floor: 50_000, cap: 4_000_000 })
      const made = fit(request, asked)
      const knots = publishedKnots(made, unit)
      const draft = {
        ...table,
        curves: [{ userGroups: 'all' as const, interpolation: 'linear' as const, knots }],
      }
      t.strictSame(tableFaults(draft, { questionnaire, today: '2000-01-01' }), [])
      const rest = roundingDifference(made, amountsOf(knots, cases, unit), cases)
      const most = fraction(BigInt(134 * unit), 2n)
      strictEqual(compare(rest, most) <= 0 && compare(add(rest, most), fraction(0n)) >= 0, true)
    }
  })
}
