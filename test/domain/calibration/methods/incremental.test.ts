// Incremental as a line with a floor and as a rising price: six people reckoned by hand, floors, held curves.
import t from 'tap'
import { fitIncremental } from '../../../../src/domain/calibration/methods/incremental.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { codesOf, cohort, input, paid, tiny } from './method-cohorts.ts'

const LINE = { reading: 'line' } as const
const RISING = { reading: 'rising-price' } as const

t.test('line: six people, and the total is exact without any scaling', async (t) => {
  const fit = fitIncremental(input(tiny), LINE)
  t.strictSame(paid(fit, tiny), [923.08, 4479.64, 4479.64, 11592.76, 18705.88, 25819])
  t.strictSame(fit.coefficients, { slope: '711.3122171946', intercept: '-2633.4841628959', scale: '1' })
  t.strictSame(fit.total, fraction(6_600_000n))
  t.match(
    fit.warnings.find(({ code }) => code === 'negative-intercept'),
    { detail: /below £0 under 3\.7 points/ },
  )
  t.strictSame(
    fit.curve.knots.slice(0, 3).map(({ points }) => points),
    [0, 370, 371],
    'it bends at 3.702 points',
  )
})

t.test('line: a floor raises the total; scaling brings it back and moves the floor with it', async (t) => {
  const fit = fitIncremental(input(tiny), { ...LINE, floor: { amount: '1500.00' } })
  t.strictSame(
    paid(fit, tiny),
    [1486.98, 4440.75, 4440.75, 11492.11, 18543.48, 25594.84].map(rounded(tiny, 1500)),
  )
  t.ok(codesOf(fit).includes('floor-scaled'))
  t.strictSame(fit.unspent, fraction(0n))
})

// (max(f, a + b·p)) × 66,000 ÷ their sum, in doubles: near enough for a penny.
function rounded(cases: typeof tiny, floor: number): (_: number, i: number) => number {
  const raw = cases.map(({ points }) => Math.max(floor, -582000 / 221 + (157200 / 221) * (points / 100)))
  const sum = raw.reduce((all, one) => all + one, 0)
  return (_, i) => Math.round(((raw[i] ?? 0) * 66000 * 100) / sum) / 100
}

t.test('line: shifting keeps the floor where it was stated, and the slope', async (t) => {
  const fit = fitIncremental(input(tiny), { ...LINE, floor: { amount: '1500.00' }, neutralise: 'shift' })
  const [lowest, second = 0, , fourth = 0] = paid(fit, tiny)
  t.equal(lowest, 1500)
  t.ok(Math.abs(fourth - second - 7113.12) < 0.02, 'ten points at £711.312, each amount rounded once')
  // The five others are 110 points: 5a = 66,000 − 1,500 − 110b.
  t.equal(
    Number(fit.coefficients.shiftedIntercept).toFixed(4),
    ((64_500 - (110 * 157_200) / 221) / 5).toFixed(4),
  )
  t.notOk(codesOf(fit).includes('floor-scaled'))
  t.strictSame(fit.unspent, fraction(0n))
})

t.test('line: a floor price per point holds for everybody below it', async (t) => {
  const fit = fitIncremental(input(tiny), { ...LINE, floor: { pricePerPoint: '300' }, neutralise: 'shift' })
  t.equal(paid(fit, tiny)[0], 1500)
  t.strictSame(fit.unspent, fraction(0n))
  const scaled = fitIncremental(input(tiny, { neutral: false }), { ...LINE, floor: { pricePerPoint: '300' } })
  t.strictSame(paid(scaled, tiny).slice(0, 2), [1500, 4479.64])
})

t.test('line: not to be neutral leaves it as it was fitted', async (t) => {
  const asked = input(tiny, { neutral: false, target: fraction(7_000_000n) })
  for (const neutralise of ['scale', 'shift'] as const) {
    const fit = fitIncremental(asked, { ...LINE, neutralise })
    t.strictSame(paid(fit, tiny), [923.08, 4479.64, 4479.64, 11592.76, 18705.88, 25819])
    t.strictSame(fit.unspent, fraction(400_000n))
  }
})

t.test('line: a positive intercept is paid at 0 points', async (t) => {
  const cases = cohort([10, 300], [20, 400])
  const fit = fitIncremental(input(cases), LINE)
  t.strictSame(paid(fit, cohort([0, 0], [100, 0])), [200, 1200])
  t.strictSame(codesOf(fit), ['small-cohort', 'above-cohort'])
})

t.test('rising price: six people, with α, β and the scale', async (t) => {
  const fit = fitIncremental(input(tiny), RISING)
  t.strictSame(fit.coefficients, { alpha: '379.5916900295', beta: '7.2561282438', scale: '0.9950482012' })
  t.strictSame(fit.unspent, fraction(0n))
  const open = fitIncremental(input(tiny, { neutral: false }), RISING)
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
  const fit = fitIncremental(input(cases, { neutral: false }), RISING)
  t.equal(fit.coefficients.alpha, '0')
  // Σp²c ÷ Σp⁴ = 8,100,000 ÷ 980,000.
  t.equal(fit.coefficients.beta, '8.2653061224')
  t.ok(codesOf(fit).includes('first-price-zero'))
})

t.test(
  'rising price: where the price falls, it is said; where money would fall, it is held level',
  async (t) => {
    const gentle = fitIncremental(input(cohort([10, 1000], [50, 4500], [100, 8000])), RISING)
    t.ok(codesOf(gentle).includes('price-falls'))
    t.notOk(codesOf(gentle).includes('curve-held-level'))
    const flat = fitIncremental(input(cohort([10, 500], [20, 500], [30, 501])), RISING)
    t.ok(codesOf(flat).includes('curve-held-level'))
    t.equal((Number(flat.coefficients.alpha) + 200 * Number(flat.coefficients.beta)).toFixed(6), '0.000000')
    const amounts = paid(flat, cohort(...Array.from({ length: 101 }, (_, i) => [i, 0] as const)))
    t.ok(amounts.every((amount, i) => amount >= (amounts[i - 1] ?? 0)))
  },
)
