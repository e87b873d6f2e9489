// Fixed £ per point: the six people reckoned by hand, and the column that B&NES printed in 2012.
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { roundingDifference } from '../../../../src/domain/calibration/methods/published.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { bnesCells, bnesPeople, codesOf, cohort, input, paid, refusalOf, tiny } from './method-cohorts.ts'

t.test('six people get the budget divided by the points, each', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny))
  t.strictSame(paid(made, tiny), [2869.57, 5739.13, 5739.13, 11478.26, 17217.39, 22956.52])
  t.equal(made.coefficients.pricePerPoint, '573.9130434783')
  t.strictSame(made.total, fraction(6_600_000n))
  t.strictSame(made.unspent, fraction(0n))
  t.strictSame(codesOf(made), ['small-cohort', 'above-cohort'])
})

t.test('a cap of £15,000 with the surplus shared out raises the price to £840', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny, { cap: 1_500_000 }))
  t.strictSame(paid(made, tiny), [4200, 8400, 8400, 15000, 15000, 15000])
  t.equal(made.coefficients.pricePerPoint, '840')
  t.strictSame(made.total, fraction(6_600_000n))
  t.strictSame(
    made.curve.knots.filter(({ points }) => points > 1000 && points < 2000).map(({ points }) => points),
    [1785, 1786],
    'a knot on both sides of where the cap is met, £15,000 ÷ £840 = 17.857 points',
  )
})

for (const [surplus, code] of [
  ['contingency', 'surplus-to-contingency'],
  ['drop', 'surplus-dropped'],
] as const) {
  t.test(`a cap whose surplus goes to ${surplus} leaves the price, and says what is over`, async (t) => {
    const made = fit({ method: 'fixed' }, input(tiny, { cap: 1_500_000, surplus }))
    t.strictSame(paid(made, tiny), [2869.57, 5739.13, 5739.13, 11478.26, 15000, 15000])
    t.equal(made.coefficients.pricePerPoint, '573.9130434783')
    t.strictSame(made.unspent, fraction(23_400_000n, 23n))
    t.match(
      made.warnings.find((warning) => warning.code === code),
      { detail: /£10,173\.91 of the budget of £66,000\.00/ },
    )
  })
}

t.test('a floor is paid for by everybody above it', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny, { floor: 460_000 }))
  // £66,000 − £4,600 over the other 110 points is £558.18 a point.
  t.strictSame(paid(made, tiny), [4600, 5581.82, 5581.82, 11163.64, 16745.45, 22327.27])
  t.strictSame(made.unspent, fraction(0n))
})

t.test('a cap that cannot take the budget gives everybody the cap, and says what is left', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny, { cap: 1_000_000 }))
  t.strictSame(paid(made, tiny), [10000, 10000, 10000, 10000, 10000, 10000])
  t.match(made.warnings[0], {
    code: 'budget-unreachable',
    detail: /£6,000\.00 below the budget of £66,000\.00/,
  })
})

t.test('a floor above the budget gives everybody the floor, and says what it costs', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny, { floor: 1_200_000 }))
  t.strictSame(paid(made, tiny), [12000, 12000, 12000, 12000, 12000, 12000])
  t.match(made.warnings[0], {
    code: 'floors-above-budget',
    detail: /£6,000\.00 above the budget of £66,000\.00/,
  })
})

t.test('not to be neutral leaves the price under a floor, and says how far the total is off', async (t) => {
  const made = fit({ method: 'fixed' }, input(tiny, { floor: 460_000, neutral: false }))
  t.strictSame(paid(made, tiny), [4600, 5739.13, 5739.13, 11478.26, 17217.39, 22956.52])
  t.match(made.warnings[0], { code: 'not-neutral', detail: /£1,730\.43 above/ })
})

t.test('somebody with no points gets nothing, and is counted where they cost something now', async (t) => {
  const cases = cohort([0, 500], [0, 0], [10, 500])
  const made = fit({ method: 'fixed' }, input(cases))
  t.strictSame(paid(made, cases), [0, 0, 1000])
  t.match(
    made.warnings.find(({ code }) => code === 'cost-without-points'),
    { detail: /^1 with 0 points/ },
  )
})

t.test('it refuses what cannot be shared out, by name', async (t) => {
  const at = { pointer: '/methods/0' }
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input([], at))),
    'cohort-empty at /methods/0',
  )
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input(cohort([0, 10]), at))),
    'points-all-zero at /methods/0',
  )
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input(cohort([9, 0]), at))),
    'budget-not-positive at /methods/0',
  )
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input(tiny, { ...at, floor: -1 }))),
    'parameter-out-of-range at /methods/0/bounds/floor',
  )
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input(tiny, { ...at, cap: 0 }))),
    'parameter-out-of-range at /methods/0/bounds/cap',
  )
  t.equal(
    refusalOf(() => fit({ method: 'fixed' }, input(tiny, { floor: 2, cap: 1 }))),
    'bounds-crossed at /bounds/floor',
  )
})

t.test('the whole Fixed column of B&NES comes out to the pound', async (t) => {
  const people = bnesPeople()
  const cases = people.map((person) => person.case)
  const made = fit({ method: 'fixed' }, input(cases))
  const amounts = paid(made, cases)
  t.equal(made.coefficients.pricePerPoint, '545.6487268519')
  t.strictSame(made.total, fraction(188_576_200n))
  for (const { cell, people: count, fixed } of bnesCells()) {
    const own = amounts.filter((_, i) => people[i]?.cell === cell)
    t.equal(`${own.length}`, count, cell)
    t.equal((own.reduce((sum, amount) => sum + amount, 0) / own.length).toFixed(0), fixed, cell)
  }
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 > cost).length, 68)
  t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 < cost).length, 66)
  const pence = amounts.map((amount) => Math.round(amount * 100))
  t.strictSame(roundingDifference(made, pence, cases), fraction(-9n), 'pennies lost to rounding')
})
