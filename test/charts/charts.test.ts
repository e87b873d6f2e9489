import t from 'tap'
import { averagesByPoints } from '../../src/charts/averages-by-points.ts'
import { bootstrapBand } from '../../src/charts/bootstrap-band.ts'
import { changeByGroup } from '../../src/charts/change-by-group.ts'
import { changeByTenth } from '../../src/charts/change-by-tenth.ts'
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
      { label: 'up to £1,000 less', side: 'less', withSame: false, counts: [12, 30] },
      { label: 'no change', side: 'same', withSame: true, counts: [0, 10] },
      { label: 'up to £1,000 more', side: 'more', withSame: false, counts: [1234, 15] },
    ],
  ),
  tenths: changeByTenth('tenths', 'Fixed: 8 would lose', [
    {
      tenth: HOSTILE,
      shares: [
        { words: 'more than 25% more', tone: 0, label: '2', people: 2 },
        { words: 'more than 25% less', tone: 4, label: '8', people: 8 },
        { words: 'no cost now', tone: null, label: '0', people: 0 },
      ],
    },
  ]),
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

t.test('the title of a chart is what it finds', async (t) => {
  const changes = (less: readonly number[], more: readonly number[], withSame = false) => [
    { label: 'less', side: 'less' as const, withSame, counts: less },
    { label: 'more', side: 'more' as const, withSame: false, counts: more },
  ]
  const knots = (amount: string) => [{ points: '100.00', amountAnnual: amount }]
  const one = { title: 'All', dots: [], curves: [{ name: 'Fixed', knots: knots('54564.87') }] }
  const month = (cost: string) => ({ month: 1, cost })
  const scenario = (name: string, cost: string) => ({
    method: 'Fixed',
    scenario: name,
    months: [month(cost)],
  })
  for (const [title, chart] of [
    ['68 people would get more, and 66 less', gainsAndLosses('k', ['Fixed'], changes([66], [68]))],
    [
      '68 people would get more, and 66 less or the same',
      gainsAndLosses('k', ['Fixed'], changes([66], [68], true)),
    ],
    [
      'Fewest people would get less with Fixed (66), most with Line (1,097)',
      gainsAndLosses('k', ['Fixed', 'Line'], changes([66, 1097], [68, 37])),
    ],
    [
      'Fewest people would get less with A (1), most with B (2)',
      gainsAndLosses('k', ['A', 'B', 'A in all'], changes([1, 2, 0], [3, 4, 5]), ['A', 'B']),
    ],
    ['With each method 66 people would get less', gainsAndLosses('k', ['A', 'B'], changes([66, 66], [1, 2]))],
    [
      'Older people would gain most, +36.7% with Fixed; Adults would lose most, −19.6% with Line',
      changeByGroup('k', [
        { group: 'Older people', method: 'Fixed', percent: '36.7' },
        { group: 'Adults', method: 'Line', percent: '-19.6' },
        { group: 'Few', method: 'Line', percent: null },
      ]),
    ],
    ['No group’s total would change', changeByGroup('k', [{ group: 'A', method: 'B', percent: '0' }])],
    ['No group can be shown', changeByGroup('k', [{ group: 'A', method: 'B', percent: null }])],
    [
      'People with 10 to 20 points would change most on average: from £5,000 now to £4,000 with Fixed',
      averagesByPoints('k', [
        { band: '0 to 10 points', series: 'Now', average: '1000' },
        { band: '10 to 20 points', series: 'Now', average: '5000' },
        { band: '0 to 10 points', series: 'Fixed', average: '1500' },
        { band: '10 to 20 points', series: 'Fixed', average: '4000' },
      ]),
    ],
    [
      'The table’s own uncertainty at 25 points: from £12,434 to £14,801 a year with Fixed',
      bootstrapBand(
        'k',
        [
          {
            title: 'Fixed',
            points: [{ points: '25.00', estimate: '13641', lower: '12434', upper: '14801' }],
          },
        ],
        0.95,
      ),
    ],
    [
      'Over 1 month with Fixed, S1 (gains at once, losses not yet) costs most, £200, and S5 least, £100',
      scenarioCosts('k', [scenario('S1: gains at once, losses not yet', '200'), scenario('S5', '100')]),
    ],
    ['100 points give £54,565 a year with Fixed', pointsAgainstMethods('k', [one])],
    [
      '100 points give £87,259 a year with Line, and £54,565 with Fixed',
      pointsAgainstMethods('k', [one, { ...one, curves: [{ name: 'Line', knots: knots('87259.09') }] }]),
    ],
    ['The highest cost now, £4,801 a year, is of a person with 12 points', pointsAgainstCost('k', [PANEL])],
  ] as const)
    t.equal(chart.title, title)
})
