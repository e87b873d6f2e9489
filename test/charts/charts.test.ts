import t from 'tap'
import { averagesByPoints } from '../../src/charts/averages-by-points.ts'
import { bootstrapBand } from '../../src/charts/bootstrap-band.ts'
import { changeByGroup } from '../../src/charts/change-by-group.ts'
import type { Chart } from '../../src/charts/chart.ts'
import { gainsAndLosses } from '../../src/charts/gains-and-losses.ts'
import { pointsAgainstCost, pointsAgainstMethods } from '../../src/charts/points-against-money.ts'
import { scenarioCosts } from '../../src/charts/scenario-costs.ts'
import { svgOf } from '../../src/charts/svg.ts'
import { markupFault } from './markup.ts'

const HOSTILE = '<script>alert(1)</script> "&\u0007'
const KNOTS = [
  { points: '0.00', amountAnnual: '0.00' },
  { points: '100.00', amountAnnual: '54564.87' },
]
const PANEL = {
  title: HOSTILE,
  dots: [{ points: '12', cost: '4800.50' }],
  curves: [{ name: HOSTILE, knots: KNOTS }],
}

const charts: Readonly<Record<string, Chart>> = {
  cost: pointsAgainstCost('cost', [PANEL, { ...PANEL, title: 'Adults' }]),
  methods: pointsAgainstMethods('methods', [PANEL]),
  lines: pointsAgainstMethods('lines', [{ ...PANEL, dots: [] }]),
  averages: averagesByPoints('averages', [
    { band: HOSTILE, series: 'Now', average: '1000.00' },
    { band: 'hidden', series: 'Now', average: null },
  ]),
  bands: bootstrapBand(
    'bands',
    [{ title: HOSTILE, points: [{ points: '10', estimate: '5000', lower: '4000', upper: '6000' }] }],
    0.95,
  ),
  changes: gainsAndLosses(
    'changes',
    [HOSTILE, 'Fixed'],
    [
      { label: 'up to £1,000 less', side: 'less', counts: [12, 30] },
      { label: 'no change', side: 'same', counts: [0, 10] },
      { label: 'up to £1,000 more', side: 'more', counts: [1234, 15] },
    ],
  ),
  groups: changeByGroup('groups', [
    { group: HOSTILE, method: 'Fixed', percent: '-19.60' },
    { group: 'Adults', method: HOSTILE, percent: null },
  ]),
  scenarios: scenarioCosts('scenarios', [
    { method: HOSTILE, scenario: 'S1', months: [{ month: 1, cost: '157146.83' }] },
    {
      method: 'Fixed',
      scenario: HOSTILE,
      months: [
        { month: 1, cost: '157146.83' },
        { month: 2, cost: '150000.00' },
      ],
    },
  ]),
}

for (const [name, chart] of Object.entries(charts))
  t.test(
    `${name}: well-formed, with words for those who cannot see it, and nothing hostile alive`,
    async (t) => {
      const svg = await svgOf(chart)
      t.equal(markupFault(svg), null)
      t.match(svg, new RegExp(`^<svg role="img" aria-labelledby="${name}-title ${name}-description"`))
      t.match(svg, new RegExp(`<title id="${name}-title">.+</title><desc id="${name}-description">.+</desc>`))
      t.notMatch(svg, /NaN|undefined|Infinity|<script/)
      t.notMatch(svg, '\u0007', 'no character that XML cannot hold')
      t.notMatch(svg, /\d(\.\d+)?e[+-]\d/, 'no number in a computer’s notation')
    },
  )

t.test('the same chart is the same bytes, whatever was drawn before it', async (t) => {
  const once = await Promise.all(Object.values(charts).map(svgOf))
  const again = await Promise.all(Object.values(charts).toReversed().map(svgOf))
  t.strictSame(again.toReversed(), once)
})

t.test('axes say their units, with thousands apart', async (t) => {
  const svg = await svgOf(pointsAgainstMethods('lines', [PANEL]))
  for (const said of ['Points', '£ a year', '£20,000', '£0']) t.match(svg, `>${said}</text>`)
})

t.test('a chart without people draws none', async (t) => {
  t.notMatch(JSON.stringify(charts.lines?.spec), /"kind":"person"/)
})
