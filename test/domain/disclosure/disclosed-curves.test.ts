import t from 'tap'
import {
  disclosedCurve,
  evenPoints,
  followsSingleCosts,
  SINGLE_COSTS,
} from '../../../src/domain/disclosure/disclosed-curves.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'

const PUBLIC = audienceOf('groups')
const KNOTS = [
  { points: '0.00', amountAnnual: '0.00' },
  { points: '10.00', amountAnnual: '3120.55' },
  { points: '100.00', amountAnnual: '50001.00' },
]
const band = { lower: '2790.10', upper: '3300.00' }
const BANDS = {
  level: 0.95,
  seed: 1,
  resamples: 1000,
  done: 1000,
  curve: [
    { points: 1000, estimate: '3120.5512', ...band },
    { points: 1100, estimate: '3641.47', lower: null, upper: null },
  ],
  total: { estimate: '1.00', lower: null, upper: null },
  failed: 0,
  failures: [],
  warnings: [],
}

t.test('ranks and steps follow single costs; prices and lines rest on everybody', async (t) => {
  t.equal(followsSingleCosts({ method: 'percentile' }), true)
  t.equal(followsSingleCosts({ method: 'isotonic' }), true)
  t.equal(followsSingleCosts({ method: 'fixed' }), false)
  t.equal(followsSingleCosts({ method: 'line' }), false)
})

t.test('the warning fits into a parameter of a table’s provenance', async (t) => {
  t.ok(SINGLE_COSTS.length <= 500)
})

t.test(
  'a curve that follows single costs: twenty steps for the public, each amount to the nearest £500',
  async (t) => {
    const curve = disclosedCurve({ knots: KNOTS, bands: BANDS }, { method: 'percentile' }, '100', PUBLIC)
    t.equal(curve.coarse, true)
    t.equal(curve.knots.length, 21)
    t.strictSame(curve.knots.slice(0, 4), [
      { points: '0', amountAnnual: '0.00' },
      { points: '5', amountAnnual: '1500.00' },
      { points: '10', amountAnnual: '3000.00' },
      { points: '15', amountAnnual: '5500.00' },
    ])
    t.strictSame(curve.amountsAt([1000, 1100]), ['3000.00', '3500.00'], 'between the steps too')
    t.strictSame(curve.bands?.curve, [
      { points: 1000, estimate: '3000.00', lower: '3000.00', upper: '3500.00' },
      { points: 1100, estimate: '3500.00', lower: null, upper: null },
    ])
  },
)

t.test(
  'the table itself, and bands around its own amounts, for the modeller or from prices and lines',
  async (t) => {
    for (const [method, audience] of [
      ['isotonic', MODELLER],
      ['fixed', PUBLIC],
    ] as const) {
      const curve = disclosedCurve({ knots: KNOTS, bands: BANDS }, { method }, '100', audience)
      t.equal(curve.coarse, false)
      t.equal(curve.knots, KNOTS)
      t.strictSame(curve.bands?.curve[0], { points: 1000, estimate: '3120.55', ...band })
      t.strictSame(curve.amountsAt([1000]), ['3120.55'])
    }
    t.equal(disclosedCurve({ knots: KNOTS, bands: null }, { method: 'fixed' }, '100', PUBLIC).bands, null)
  },
)

t.test('even parts of a scale, in whole hundredths', async (t) => {
  t.strictSame(evenPoints('100', 4), [0, 2500, 5000, 7500, 10000])
  t.strictSame(evenPoints('0.05', 2), [0, 3, 5])
})
