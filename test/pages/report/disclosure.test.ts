import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { ReportDepth } from '../../../src/contract/calibration/report.ts'
import type { RunRequest } from '../../../src/contract/calibration/run-request.ts'
import type { Case } from '../../../src/domain/calibration/cohort/case.ts'
import { bandsOf, completed, costBandsOf } from '../../../src/operations/run/run-request.ts'
import { calibrationReport } from '../../../src/pages/report/report.ts'
import { sections } from '../../../src/pages/report/sections.ts'
import { person } from '../../domain/calibration/effects/impact-cases.ts'
import { draws } from '../../support/draws.ts'
import { leaksOf, pinned } from './attack.ts'
import { CASES, reportData } from './bnes-report.ts'

const FIXED = { method: 'fixed', neutral: true } as const
const TIE_MEAN = { method: 'percentile', mode: 'tie-mean', neutral: true } as const

/** What a run has whose bands were left open. */
const request: RunRequest = {
  cohortId: '',
  groups: 'all',
  budget: { basis: 'spend', uplift: '0', efficiency: '0' },
  methods: [FIXED, TIE_MEAN],
}
const { costBands, pointsBands } = completed(request, 10_000)
const DEFAULT_BANDS = { costBands: costBandsOf(costBands), pointsBands: bandsOf(pointsBands) }

function page(cases: readonly Case[]): Promise<string> {
  const data = reportData(cases, [FIXED, TIE_MEAN], { bands: DEFAULT_BANDS, trust: false })
  return calibrationReport(data, 'groups')
}

t.test('the attack works: two cells hidden with their sum are told by the points left', async (t) => {
  const hidden = [
    { name: '0 to under 10 points', low: 0, high: 10, people: null, sum: null },
    { name: '80 to under 90 points', low: 80, high: 90, people: null, sum: null },
  ]
  const left = { people: 12, sum: 849.95, within: 0.17 }
  t.strictSame(pinned(hidden, left), ['0 to under 10 points'], 'only two and ten fit')
  t.strictSame(pinned(hidden, { ...left, within: 50 }), [], 'without the points there are others')
})

t.test(
  'the cohort of 2012, bands as they come: nothing printed gives fewer than ten people away',
  async (t) => {
    const html = await page(CASES)
    t.strictSame(leaksOf(html), [])
    t.match(html, '<th scope="row">0 to under ')
    t.match(html, /<th scope="row">£0 to under £/)
  },
)

/** Pounds that one person alone costs, that no coarse rounding gives, and that are not the year of the cohort. */
const SINGLE = [...Map.groupBy(CASES, ({ cost }) => cost)]
  .filter(([cost, people]) => people.length === 1 && cost % 50_000 !== 0 && cost !== 201_200)
  .map(([cost]) => cost / 100)

/** Every figure of a page before it is drawn, of its charts too. */
function figuresOf(depth: ReportDepth): ReadonlySet<number> {
  const requests = [TIE_MEAN, { method: 'isotonic', neutral: true } as const]
  const found = sections(reportData(CASES, requests, { bands: DEFAULT_BANDS }), depth)
  const texts = JSON.stringify(found).match(/-?\d[\d,]*(\.\d+)?/g) ?? []
  return new Set(texts.map((text) => Number(text.replace(/,(?=\d{3}\b)/g, ''))))
}

for (const depth of ['headline', 'groups'] as const)
  t.test(`${depth}: methods that follow single costs print none of them`, async (t) => {
    const found = figuresOf(depth)
    t.ok(SINGLE.length > 50)
    t.strictSame(
      SINGLE.filter((cost) => found.has(cost)),
      [],
    )
  })

t.test('the modeller sees the exact table, and is warned before anybody publishes it', async (t) => {
  const data = reportData(CASES, [TIE_MEAN], { bands: DEFAULT_BANDS, trust: false })
  t.match(
    JSON.stringify(sections(data, 'persons')),
    /belong to one person alone: there the published amount is/,
  )
  const members = JSON.stringify(sections(data, 'headline'))
  t.match(members, 'A published table of this method reveals what single people cost now')
  t.match(members, 'Rounded to the nearest £500: Percentile (average of equals).')
  t.notMatch(
    JSON.stringify(sections(reportData(CASES, [FIXED], { trust: false }), 'headline')),
    'nearest £500',
  )
})

const arbCase = fc.record({
  userGroup: fc.constantFrom('adults', 'elders', 'young', 'others'),
  points: fc.integer({ min: 1, max: 100 }).map((points) => points * 100),
  cost: fc.integer({ min: 1, max: 70_000 }).map((pounds) => pounds * 100),
  ageBand: fc.constantFrom(null, '18 to 64', '65 to 74', '75 and over'),
})

t.test('random cohorts: nothing printed gives fewer than ten people away', async (t) => {
  const property = fc.asyncProperty(fc.array(arbCase, { minLength: 10, maxLength: 60 }), async (rows) => {
    const cases = rows.map((row, i) => person({ ...row, ref: `P-${i}` }))
    strictEqual(leaksOf(await page(cases)).join('; '), '')
  })
  await fc.assert(property, { seed: 5, numRuns: draws(7) })
  t.pass()
})
