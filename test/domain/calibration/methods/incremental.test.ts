// Incremental as a line with a floor and as a rising price: six people reckoned by hand, floors, held curves.
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { codesOf, cohort, input, paid, tiny } from './method-cohorts.ts'

const LINE = { method: 'line' } as const
const RISING = { method: 'rising-price' } as const

t.test('line: six people, and the total is exact without any scaling', async (t) => {
  const found = fit(LINE, input(tiny))
  t.strictSame(paid(found, tiny), [923.08, 4479.64, 4479.64, 11592.76, 18705.88, 25819])
  t.strictSame(found.coefficients, { slope: '711.3122171946', intercept: '-2633.4841628959', scale: '1' })
  t.strictSame(found.total, fraction(6_600_000n))
  t.match(
    found.warnings.find(({ code }) => code === 'negative-intercept'),
    { detail: /below £0 under 3\.7 points/ },
  )
  t.strictSame(
    found.curve.knots.slice(0, 3).map(({ points }) => points),
    [0, 370, 371],
    'it bends at 3.702 points',
  )
})

t.test('line: a floor raises the total; scaling brings it back and moves the floor with it', async (t) => {
  const found = fit({ ...LINE, floor: { kind: 'amount', amountAnnual: '1500.00' } }, input(tiny))
  t.strictSame(
    paid(found, tiny),
    [1486.98, 4440.75, 4440.75, 11492.11, 18543.48, 25594.84].map(rounded(tiny, 1500)),
  )
  t.ok(codesOf(found).includes('floor-scaled'))
  t.strictSame(found.unspent, fraction(0n))
})

// (max(f, a + b·p)) × 66,000 ÷ their sum, in doubles: near enough for a penny.
function rounded(cases: typeof tiny, floor: number): (_: number, i: number) => number {
  const raw = cases.map(({ points }) => Math.max(floor, -582000 / 221 + (157200 / 221) * (points / 100)))
  const sum = raw.reduce((all, one) => all + one, 0)
  return (_, i) => Math.round(((raw[i] ?? 0) * 66000 * 100) / sum) / 100
}

t.test('line: shifting keeps the floor where it was stated, and the slope', async (t) => {
  const found = fit(
    { ...LINE, floor: { kind: 'amount', amountAnnual: '1500.00' }, neutralise: 'shift' },
    input(tiny),
  )
  const [lowest, second = 0, , fourth = 0] = paid(found, tiny)
  t.equal(lowest, 1500)
  t.ok(Math.abs(fourth - second - 7113.12) < 0.02, 'ten points at £711.312, each amount rounded once')
  // The five others are 110 points: 5a = 66,000 − 1,500 − 110b.
  t.equal(
    Number(found.coefficients.shiftedIntercept).toFixed(4),
    ((64_500 - (110 * 157_200) / 221) / 5).toFixed(4),
  )
  t.notOk(codesOf(found).includes('floor-scaled'))
  t.strictSame(found.unspent, fraction(0n))
})

t.test('line: a floor price per point holds for everybody below it', async (t) => {
  const found = fit(
    { ...LINE, floor: { kind: 'price', pricePerPoint: '300' }, neutralise: 'shift' },
    input(tiny),
  )
  t.equal(paid(found, tiny)[0], 1500)
  t.strictSame(found.unspent, fraction(0n))
  const scaled = fit(
    { ...LINE, floor: { kind: 'price', pricePerPoint: '300' } },
    input(tiny, { neutral: false }),
  )
  t.strictSame(paid(scaled, tiny).slice(0, 2), [1500, 4479.64])
})

t.test('line: not to be neutral leaves it as it was fitted', async (t) => {
  const asked = input(tiny, { neutral: false, target: fraction(7_000_000n) })
  for (const neutralise of ['scale', 'shift'] as const) {
    const found = fit({ ...LINE, neutralise }, asked)
    t.strictSame(paid(found, tiny), [923.08, 4479.64, 4479.64, 11592.76, 18705.88, 25819])
    t.strictSame(found.unspent, fraction(400_000n))
  }
})

t.test('line: a positive intercept is paid at 0 points', async (t) => {
  const cases = cohort([10, 300], [20, 400])
  const found = fit(LINE, input(cases))
  t.strictSame(paid(found, cohort([0, 0], [100, 0])), [200, 1200])
  t.strictSame(codesOf(found), ['small-cohort', 'above-cohort'])
})

t.test('rising price: six people, with α, β and the scale', async (t) => {
  const found = fit(RISING, input(tiny))
  t.strictSame(found.coefficients, { alpha: '379.5916900295', beta: '7.2561282438', scale: '0.9950482012' })
  t.strictSame(found.unspent, fraction(0n))
  const open = fit(RISING, input(tiny, { neutral: false }))
  t.equal(
    paid(open, tiny)
      .reduce((sum, amount) => sum + amount, 0)
      .toFixed(2),
    '66328.45',
  )
  t.strictSame(codesOf(open), ['not-neutral', 'small-cohort', 'above-cohort'])
})

t.test('rising price: a first price below £0 is held at £0', async (t) => {
  const cases = cohort([10, 0], [20, 0], [30, 9000])
  const found = fit(RISING, input(cases, { neutral: false }))
  t.equal(found.coefficients.alpha, '0')
  // Σp²c ÷ Σp⁴ = 8,100,000 ÷ 980,000.
  t.equal(found.coefficients.beta, '8.2653061224')
  t.ok(codesOf(found).includes('first-price-zero'))
})

t.test(
  'rising price: where the price falls, it is said; where money would fall, it is held level',
  async (t) => {
    const gentle = fit(RISING, input(cohort([10, 1000], [50, 4500], [100, 8000])))
    t.ok(codesOf(gentle).includes('price-falls'))
    t.notOk(codesOf(gentle).includes('curve-held-level'))
    const flat = fit(RISING, input(cohort([10, 500], [20, 500], [30, 501])))
    t.ok(codesOf(flat).includes('curve-held-level'))
    t.equal((Number(flat.coefficients.alpha) + 200 * Number(flat.coefficients.beta)).toFixed(6), '0.000000')
    const amounts = paid(flat, cohort(...Array.from({ length: 101 }, (_, i) => [i, 0] as const)))
    t.ok(amounts.every((amount, i) => amount >= (amounts[i - 1] ?? 0)))
  },
)
