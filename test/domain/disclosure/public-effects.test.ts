import t from 'tap'
import { sidesOf } from '../../../src/domain/calibration/effects/effects.ts'
import { FIRST_YEAR } from '../../../src/domain/calibration/effects/scenarios.ts'
import type { Cohort } from '../../../src/domain/disclosure/joined-cohort.ts'
import { publicEffects } from '../../../src/domain/disclosure/public-effects.ts'
import { fraction, ZERO } from '../../../src/domain/number/fraction.ts'
import { bnes, bnesCostBands, fixedAmounts, person } from '../calibration/effects/impact-cases.ts'

const ANY = [{ label: 'any points', below: null }]
const OPTIONS = { scenarios: FIRST_YEAR, characteristics: [] }
const BNES: Cohort = {
  cases: bnes,
  existing: bnes.map(({ cost }) => cost),
  userGroups: [],
  bands: { costBands: bnesCostBands, pointsBands: ANY },
}

t.test('the cohort of 2012 with a fifth held: both sides, and no count under ten', async (t) => {
  const found = publicEffects(BNES, sidesOf(fixedAmounts, fraction(1n, 5n)), OPTIONS)
  t.strictSame([found?.whole.higher?.rows, found?.whole.lower?.rows], [68, 66])
  t.strictSame([found?.available?.higher?.rows, found?.available?.lower?.rows], [50, 84])
  t.strictSame([found?.whole.new, found?.available?.new], ['1885761.91', '1508609.48'])
  t.strictSame(
    found?.tenths.whole.map(({ from, to, rows }) => [from, to, rows]),
    [
      [1, 5, 67],
      [6, 10, 67],
    ],
  )
  t.equal(found?.tenths.available?.length, 2)
  t.equal(found?.scenarios.available?.length, 5)
  t.strictSame(
    found?.groups.map(({ userGroups, whole }) => [userGroups.length, whole.rows]).sort(),
    [12, 14, 19, 22, 67].map((rows) => [1, rows]),
  )
  t.strictSame(found?.characteristics, { whole: [], available: [] })
  const counts = JSON.stringify(found).match(/"rows":\d+/g) ?? []
  t.strictSame(
    counts.filter((text) => /:[1-9]$/.test(text)),
    [],
  )
})

t.test('nothing held: the whole alone; groups, ages and points by their names', async (t) => {
  const cases = Array.from({ length: 24 }, (_, i) =>
    person({ userGroup: i < 12 ? 'adults' : 'elders', ageBand: '85+', characteristics: { sex: 'female' } }),
  )
  const cohort: Cohort = {
    cases,
    existing: cases.map(({ cost }) => cost),
    userGroups: [{ key: 'elders', title: 'Older people', ageDefined: true }],
    bands: { costBands: { all: ANY }, pointsBands: ANY },
  }
  const sex = { key: 'sex', title: 'Sex', values: [{ key: 'female', title: 'Women' }] }
  const amounts = cases.map(({ cost }, i) => (i === 0 ? cost + 1 : cost * 2))
  const found = publicEffects(cohort, sidesOf(amounts, ZERO), { ...OPTIONS, characteristics: [sex] })
  t.equal(found?.available, null)
  t.equal(found?.sameCountedAs, 'same')
  t.strictSame(
    [found?.tenths.available, found?.scenarios.available, found?.characteristics.available],
    [null, null, null],
  )
  t.strictSame(
    found?.groups.map(({ userGroups, title, ageDefined }) => [userGroups, title, ageDefined]),
    [
      [['adults'], 'adults', false],
      [['elders'], 'Older people', true],
    ],
  )
  t.strictSame(
    found?.ageBands.map(({ ageBand, whole, available }) => [ageBand, whole.rows, available]),
    [['85+', 24, null]],
  )
  t.strictSame(
    found?.pointsBands.map(({ band, whole }) => [band, whole.rows]),
    [['any points', 24]],
  )
  t.equal(found?.characteristics.whole[0]?.values[0]?.title, 'Women')
})

t.test('where only a few lose, neither their number nor the tenths beside it are told', async (t) => {
  const cases = Array.from({ length: 40 }, (_, i) => person({ cost: 100_000 + i }))
  const cohort = {
    ...BNES,
    cases,
    existing: cases.map(({ cost }) => cost),
    bands: { costBands: { all: ANY }, pointsBands: ANY },
  }
  const amounts = cases.map(({ cost }, i) => (i < 3 ? cost - 50_000 : cost + 50_000))
  const found = publicEffects(cohort, sidesOf(amounts, ZERO), OPTIONS)
  t.equal(found?.whole.lower, null)
  t.ok(found?.tenths.whole.every(({ classes }) => classes.every(({ rows }) => rows === 0 || rows >= 10)))
  const unchanged = publicEffects(
    cohort,
    sidesOf(
      cases.map(({ cost }, i) => (i < 20 ? cost + 90_000 : i < 37 ? cost - 90_000 : cost)),
      ZERO,
    ),
    OPTIONS,
  )
  t.equal(unchanged?.sameCountedAs, 'lower')
})

t.test('too few people are told nothing of', async (t) => {
  t.equal(publicEffects({ ...BNES, cases: bnes.slice(0, 9), existing: [] }, sidesOf([], ZERO), OPTIONS), null)
  t.equal(publicEffects({ ...BNES, cases: [], existing: [] }, sidesOf([], ZERO), OPTIONS), null)
})
