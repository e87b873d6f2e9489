import t from 'tap'
import type { Curve } from '../../../src/contract/documents/calibration-table.ts'
import { cliffsOf, marginalOf, type PricedCurves as Priced } from '../../../src/domain/table/stretches.ts'

function table(
  interpolation: Curve['interpolation'],
  knots: readonly (readonly [points: string, amountAnnual: string])[],
  changes: Partial<Priced> = {},
): Priced {
  return {
    belowFirst: 'line-from-zero',
    adjustments: [],
    rounding: { to: '0.01', mode: 'half-up' },
    curves: [{ interpolation, knots: knots.map(([points, amountAnnual]) => ({ points, amountAnnual })) }],
    ...changes,
  }
}

const prices = (priced: Priced) =>
  marginalOf(priced)[0]?.map(({ from, to, poundsPerPoint }) => [from, to, poundsPerPoint])
const cliffs = (priced: Priced) =>
  cliffsOf(priced).map(({ atPoints, kind, riseAnnual }) => [atPoints, kind, riseAnnual])

t.test('knots on one line to the penny are one stretch, at one price', async (t) => {
  const knots = Array.from({ length: 101 }, (_, points) => {
    const pence = Math.floor((points * 1_885_762 * 200 + 3456) / (2 * 3456))
    return [String(points), (pence / 100).toFixed(2)] as const
  })
  t.strictSame(prices(table('linear', knots)), [['0', '100', '545.65']])
  t.strictSame(cliffs(table('linear', knots)), [], 'one price has no neighbour')
})

t.test('a stretch over three times as steep as each neighbour that rises is a cliff', async (t) => {
  const steep = (amount: string) =>
    table('linear', [
      ['0', '0'],
      ['10', '1000'],
      ['12', amount],
      ['20', '3000'],
    ])
  t.strictSame(prices(steep('1600.02')), [
    ['0', '10', '100.00'],
    ['10', '12', '300.01'],
    ['12', '20', '175.00'],
  ])
  t.strictSame(cliffs(steep('1600.02')), [], 'less than three times the one after it')
  const sudden = [
    ['0', '0'],
    ['10', '1000'],
    ['12.5', '3000'],
    ['20', '3500'],
  ] as const
  t.strictSame(cliffs(table('linear', sudden)), [['10', 'steep', '2000.00']])
  const exact = [
    ['0', '0'],
    ['10', '1000'],
    ['20', '4000'],
  ] as const
  t.strictSame(cliffs(table('linear', exact)), [], 'three times is not over three times')
  t.strictSame(cliffs(table('linear', [...exact.slice(0, 2), ['20', '4000.02']])), [
    ['10', 'steep', '3000.02'],
  ])
})

t.test('a level neighbour does not count, and without another there is no cliff', async (t) => {
  const knots = [
    ['0', '500'],
    ['10', '500'],
    ['20', '9000'],
    ['30', '9000'],
  ] as const
  t.strictSame(cliffs(table('linear', knots)), [])
  t.strictSame(cliffs(table('linear', [...knots.slice(0, 3), ['30', '9100']])), [['10', 'steep', '8500.00']])
})

t.test('every rising step is a cliff, level ones and the first are none', async (t) => {
  const steps = [
    ['0', '300'],
    ['16', '600'],
    ['20', '600'],
    ['32', '1000'],
  ] as const
  t.strictSame(cliffs(table('step', steps)), [
    ['16', 'step', '300.00'],
    ['32', 'step', '400.00'],
  ])
  t.strictSame(prices(table('step', steps)), [
    ['0', '16', '0.00'],
    ['16', '32', '0.00'],
  ])
})

t.test('what stands below the first knot belongs to the curve', async (t) => {
  const knots = [
    ['10', '1000'],
    ['20', '1500'],
  ] as const
  const below = (belowFirst: Priced['belowFirst'], own = knots.slice()) =>
    table('linear', own, { belowFirst })
  t.strictSame(prices(below('line-from-zero')), [
    ['0', '10', '100.00'],
    ['10', '20', '50.00'],
  ])
  t.strictSame(prices(below('hold')), [
    ['0', '10', '0.00'],
    ['10', '20', '50.00'],
  ])
  t.strictSame(cliffs(below('hold')), [])
  t.strictSame(cliffs(below('zero')), [['10', 'step', '1000.00']])
  t.strictSame(cliffs(table('linear', [['10', '1000']], { belowFirst: 'zero' })), [['10', 'step', '1000.00']])
  t.strictSame(prices(table('linear', [['0', '1000']])), [])
})

t.test('after the adjustments, and by the unit that the table rounds to', async (t) => {
  const adjustments = [{ name: 'Prices', kind: 'inflation', factor: '1.1', reason: 'Prices rise.' }] as const
  const knots = [
    ['0', '0'],
    ['1', '100.40'],
    ['2', '200'],
    ['3', '300'],
  ] as const
  t.equal(prices(table('linear', knots))?.length, 3)
  t.strictSame(prices(table('linear', knots, { adjustments, rounding: { to: '1.00', mode: 'half-up' } })), [
    ['0', '3', '110.00'],
  ])
  t.strictSame(
    cliffs(
      table(
        'step',
        [
          ['0', '0'],
          ['5.25', '100'],
        ],
        { adjustments },
      ),
    ),
    [['5.25', 'step', '110.00']],
  )
})

t.test('a bend ends a line in either direction', async (t) => {
  const bent = (amount: string) =>
    prices(
      table('linear', [
        ['0', '0'],
        ['10', '1000'],
        ['20', amount],
      ]),
    )
  t.equal(bent('2000.03')?.length, 2)
  t.equal(bent('1999.97')?.length, 2)
  t.equal(bent('2000.01')?.length, 1)
})
