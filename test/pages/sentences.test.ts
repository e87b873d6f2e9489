import t from 'tap'
import { joinedLabel } from '../../src/domain/disclosure/joined-label.ts'
import { completed } from '../../src/operations/run/run-request.ts'
import { parted } from '../../src/pages/grid.ts'
import { sections } from '../../src/pages/report/sections.ts'
import { person } from '../domain/calibration/effects/impact-cases.ts'
import { data } from './report/bnes-pages.ts'
import { CASES, reportData } from './report/bnes-report.ts'

const RISING = { method: 'rising-price', neutral: true } as const
const FIXED = { method: 'fixed', neutral: true } as const

/** Costs that rise by less and less: 1,000p − 5p² pounds. */
const FALLING = Array.from({ length: 40 }, (_, i) => {
  const p = 2 * (i + 1)
  return person({ ref: `F-${i}`, points: p * 100, cost: (1000 * p - 5 * p * p) * 100 })
})

function said(...of: Parameters<typeof reportData>): string {
  const [cases, requests, options] = of
  return JSON.stringify(sections(reportData(cases, requests, { trust: false, ...options }), 'headline')[0])
}

t.test('a price that was to rise and falls is said to fall, on the first screen', async (t) => {
  const words = said(FALLING, [RISING])
  t.notMatch(words, 'worth more than the one before')
  t.match(
    words,
    'Each extra point is worth less than the one before: people with more need get less for each point.',
  )
  t.match(
    said(FALLING, [FIXED, RISING]),
    'people with more need get less for each point',
    'also when not proposed',
  )
  t.match(said(CASES, [RISING]), 'Each extra point is worth more than the one before.')
})

t.test('for some groups alone, where each has a curve', async (t) => {
  const data = reportData(FALLING, [RISING], { trust: false })
  const methods = data.methods.map((method) => ({
    ...method,
    fits: method.fits.flatMap((fit) => [fit, { ...fit, warnings: [] }]),
  }))
  t.match(
    JSON.stringify(sections({ ...data, methods }, 'headline')[0]),
    'For them, each extra point is worth less',
  )
})

t.test('costs that fall as points rise are not called unrelated', async (t) => {
  const opposed = FALLING.map((one, i) => ({ ...one, cost: 10_000_000 - i * 100_000 }))
  const words = JSON.stringify(sections(reportData(opposed, [FIXED], { trust: false }), 'headline'))
  t.match(words, 'move in opposite directions: people with more points cost less now (correlation −1.00;')
})

t.test('bands are named as people say them, joined ones too', async (t) => {
  const budget = { basis: 'spend', uplift: '0', efficiency: '0' } as const
  const { costBands, pointsBands } = completed({ cohortId: '', groups: 'all', budget, methods: [] }, 10_000)
  t.equal(costBands.all[1]?.label, '£2,500 to under £5,000')
  t.equal(costBands.all.at(-1)?.label, '£50,000 and more')
  t.equal(pointsBands[0]?.label, '0 to under 10 points')
  t.equal(pointsBands.at(-1)?.label, '90 points and more')
  const labels = pointsBands.map(({ label }) => label)
  t.equal(joinedLabel(labels.slice(1, 4)), '10 to under 40 points')
  t.equal(joinedLabel(labels.slice(8)), '80 points and more')
  t.equal(joinedLabel(labels.slice(9)), '90 points and more')
})

t.test('figures that print alike are one figure, not a range from it to itself', async (t) => {
  const data = reportData(CASES, [FIXED, RISING], { trust: false })
  const words = JSON.stringify(sections({ ...data, proposed: null }, 'groups')[0])
  t.match(words, 'Each would cost £1,885,762 a year.')
  t.equal(data.methods[0]?.impact.all.new === data.methods[1]?.impact.all.new, false, 'pence apart')
})

for (const depth of ['headline', 'groups', 'persons'] as const)
  t.test(`${depth}: no sentence, cell or chart says from a figure to the same figure`, async (t) => {
    const certain = data.methods.map((method) => ({
      ...method,
      fits: method.fits.map((fit) => ({
        ...fit,
        bands: fit.bands && {
          ...fit.bands,
          curve: fit.bands.curve.map((band) => ({ ...band, lower: '1000.10', upper: '1000.20' })),
        },
      })),
    }))
    const words = JSON.stringify(sections({ ...data, methods: certain, proposed: null }, depth))
    t.match(words, '(£1,000)')
    t.strictSame(
      words.match(/(?:from |between |\()(£[\d,.]+) (?:in the first month )?(?:to|and) \1(?![\d,.])/g),
      null,
    )
  })

t.test('what is too wide for a page is parted evenly', async (t) => {
  t.strictSame(
    parted([1, 2, 3, 4, 5, 6], 5).map((part) => part.length),
    [3, 3],
  )
  t.strictSame(parted([], 5), [])
})
