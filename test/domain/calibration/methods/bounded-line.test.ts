// Incremental between a floor and a ceiling price per point: the line that comes nearest to the printed column of
// B&NES, and a curve of that shape found again.
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { bnesPeople, cohort, input, paid, tiny } from './method-cohorts.ts'

const BOUNDED = { method: 'bounded-line' } as const

t.test('bounded line: given −28,247.009 + 1,423.2848p between 161.6524p and 872.5909p', async (t) => {
  const cases = bnesPeople().map((person) => person.case)
  const given = {
    ...BOUNDED,
    line: { slope: '1423.2848', intercept: '-28247.009' },
    floorPrice: '161.6524',
    ceilingPrice: '872.5909',
  }
  for (const neutral of [false, true]) {
    const found = fit(given, input(cases, { neutral }))
    const amounts = paid(found, cases)
    t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 > cost).length, 37)
    t.equal(cases.filter(({ cost }, i) => (amounts[i] ?? 0) * 100 < cost).length, 97)
    const total = amounts.reduce((sum, amount) => sum + amount, 0).toFixed(0)
    t.equal(total, neutral ? '1885762' : '1885738')
    t.equal(found.coefficients.shiftedIntercept, neutral ? '-28246.5707981818' : '-28247.009')
  }
})

// clip(−15,000 + 1,000p, 100p, 600p) exactly, £107,000 in all.
const bent = cohort(
  [5, 500],
  [10, 1000],
  [15, 1500],
  [20, 5000],
  [25, 10_000],
  [30, 15_000],
  [35, 20_000],
  [40, 24_000],
  [50, 30_000],
)

t.test('bounded line: what is not given is fitted, and a curve of that shape is found again', async (t) => {
  const found = fit(BOUNDED, input(bent))
  t.match(found.coefficients, { slope: '1000', intercept: '-15000', floorPrice: '100', ceilingPrice: '600' })
  t.equal(found.coefficients.shiftedIntercept, '-15000')
  t.strictSame(paid(found, bent), [500, 1000, 1500, 5000, 10_000, 15_000, 20_000, 24_000, 30_000])
})

t.test('bounded line: what is fitted goes with the budget; what is given stays', async (t) => {
  const half = { target: fraction(5_350_000n) }
  const all = fit(BOUNDED, input(bent, half)).coefficients
  t.match(all, { slope: '500', intercept: '-7500', floorPrice: '50', ceilingPrice: '300' })
  const prices = fit({ ...BOUNDED, floorPrice: '60', ceilingPrice: '280' }, input(bent, half))
  t.match(prices.coefficients, { floorPrice: '60', ceilingPrice: '280' })
  const line = { slope: '500', intercept: '-7500' }
  const stated = fit({ ...BOUNDED, line }, input(bent, half))
  t.match(stated.coefficients, { ...line, floorPrice: '50', ceilingPrice: '300' })
  const open = fit(BOUNDED, input(bent, { ...half, neutral: false }))
  t.match(open.coefficients, { floorPrice: '100', ceilingPrice: '600' })
})

t.test(
  'bounded line: a budget beyond the ceiling price is not reached, and it says by how much',
  async (t) => {
    const line = { slope: '700', intercept: '-9000' }
    const found = fit({ ...BOUNDED, line, floorPrice: '10', ceilingPrice: '500' }, input(tiny))
    t.strictSame(paid(found, tiny), [2500, 5000, 5000, 10_000, 15_000, 20_000])
    t.match(found.warnings[0], {
      code: 'budget-unreachable',
      detail: /£8,500\.00 below the budget of £66,000\.00/,
    })
    const dear = fit({ ...BOUNDED, line, floorPrice: '600', ceilingPrice: '700' }, input(tiny))
    t.match(dear.warnings[0], { code: 'floors-above-budget', detail: /£3,000\.00 above/ })
  },
)
