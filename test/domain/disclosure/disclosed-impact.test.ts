import t from 'tap'
import type { Case } from '../../../src/domain/calibration/cohort/case.ts'
import { type ImpactOptions, impact } from '../../../src/domain/calibration/effects/impact.ts'
import { FIRST_YEAR, scenarios } from '../../../src/domain/calibration/effects/scenarios.ts'
import {
  disclosedImpact,
  disclosedScenarios,
  type UnchangedWith,
  unchangedWith,
} from '../../../src/domain/disclosure/disclosed-impact.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'
import { bnes, bnesCostBands, fixedAmounts, person } from '../calibration/effects/impact-cases.ts'

const PUBLIC = audienceOf('groups')
const ANY = [{ label: 'any', below: null }]
const PLAIN = { costBands: { all: ANY }, pointsBands: ANY, target: null }
const HALVES = {
  costBands: {
    all: [
      { label: 'low', below: 500 },
      { label: 'high', below: null },
    ],
  },
  pointsBands: ANY,
  target: null,
}

/** So many people of a group, of whom some gain, some lose and some stay. */
function group(userGroup: string, gain: number, lose: number, stay: number, cost = 100): [Case, number][] {
  const make = (count: number, change: number) =>
    Array.from({ length: count }, (): [Case, number] => [person({ userGroup, cost }), cost + change])
  return [...make(gain, 50), ...make(lose, -50), ...make(stay, 0)]
}

function published(moves: readonly [Case, number][], options: ImpactOptions = PLAIN, audience = PUBLIC) {
  const cases = moves.map(([one]) => one)
  const amounts = moves.map(([, amount]) => amount)
  return disclosedImpact(impact(cases, amounts, options), audience)
}

t.test('the cohort of 2012: the head-line is shown, the small cells are not', async (t) => {
  const found = disclosedImpact(impact(bnes, fixedAmounts, { ...PLAIN, costBands: bnesCostBands }), PUBLIC)
  t.equal(found?.all.higher?.rows, 68)
  t.equal(found?.all.lower?.rows, 66)
  for (const one of found?.groups ?? []) {
    t.equal(one.suppressed, false)
    for (const band of one.costBands) if (!band.suppressed) t.ok(band.rows >= 10 || band.rows === 0)
    t.notMatch(JSON.stringify(one.costBands), /"(higher|gains)":[^n]/, 'no outcome inside a cost band')
  }
})

t.test('too few people: nothing at all', async (t) => {
  t.equal(published(group('adults', 4, 5, 0)), null)
  t.equal(published([]), null)
  t.not(published(group('adults', 5, 5, 0)), null)
})

t.test('a small group is hidden with everything in it, and the smallest other one with it', async (t) => {
  const found = published([
    ...group('adults', 20, 20, 20),
    ...group('elders', 20, 20, 0),
    ...group('young', 1, 2, 0),
  ])
  t.strictSame(
    found?.groups?.map(({ userGroup, suppressed }) => [userGroup, suppressed]),
    [
      ['adults', false],
      ['elders', true],
      ['young', true],
    ],
  )
  t.strictSame(found?.groups?.[2], {
    userGroup: 'young',
    suppressed: true,
    costBands: [{ band: 'any', suppressed: true }],
  })
})

t.test('a group whose outcomes are few keeps its sums and loses its counts, gains and losses', async (t) => {
  const found = published([
    ...group('adults', 3, 40, 0),
    ...group('elders', 30, 20, 0),
    ...group('young', 40, 50, 0),
  ])
  const [adults, elders, young] = found?.groups ?? []
  t.match(adults, { suppressed: false, rows: 43, higher: null, lower: null, gains: null, losses: null })
  t.match(elders, { higher: null, new: '55.00' })
  t.match(young, { higher: { rows: 40 }, gains: '20.00' })
})

t.test('a few who stay the same hide the outcomes of everybody and of every part', async (t) => {
  const found = published([...group('adults', 40, 40, 3), ...group('elders', 40, 40, 0)])
  t.equal(found?.all.higher, null)
  t.equal(found?.all.gains, null)
  t.match(found?.groups, [{ higher: null }, { higher: null }])
})

t.test('small bands of points, of age and of cost are hidden too', async (t) => {
  const found = published(
    [
      ...group('adults', 20, 20, 0),
      ...group('adults', 2, 2, 0, 900),
      ...group('adults', 20, 20, 0).map(([one, amount]): [Case, number] => [
        { ...one, ageBand: '65+', points: 5000 },
        amount,
      ]),
    ],
    {
      ...HALVES,
      pointsBands: [
        { label: 'few', below: 2000 },
        { label: 'many', below: null },
      ],
    },
  )
  t.strictSame(found?.groups?.[0]?.costBands, [
    { band: 'low', suppressed: true },
    { band: 'high', suppressed: true },
  ])
  t.match(found?.ageBands, [
    { ageBand: '65+', rows: 40 },
    { ageBand: null, rows: 44 },
  ])
  t.match(found?.pointsBands, [
    { band: 'few', rows: 44, deviationNew: /\d/ },
    { band: 'many', rows: 40 },
  ])
})

t.test('a breakdown whose sum gives every part away is not shown', async (t) => {
  const singles = Array.from({ length: 10 }, (_, i) => group(`g${i}`, 1, 0, 0)).flat()
  const found = published(singles)
  t.equal(found?.groups, null)
  t.equal(found?.all.higher?.rows, 10)
})

t.test('the modeller sees every count, and every outcome', async (t) => {
  const found = published(group('adults', 1, 1, 0), PLAIN, MODELLER)
  t.match(found?.all, { higher: { rows: 1 }, gains: '0.50', losses: '-0.50' })
  t.match(found?.groups?.[0]?.costBands, [{ suppressed: false, higher: { rows: 1 } }])
})

t.test('where gains or losses are hidden, so are the scenarios that would tell them', async (t) => {
  const names = (moves: readonly [Case, number][]) => {
    const cases = moves.map(([one]) => one)
    const amounts = moves.map(([, amount]) => amount)
    const all = scenarios(cases, amounts, FIRST_YEAR)
    const shown = disclosedImpact(impact(cases, amounts, PLAIN), PUBLIC)
    return shown && disclosedScenarios(all, shown).map(({ scenario }) => scenario)
  }
  t.strictSame(names(group('adults', 20, 20, 0)), ['S1', 'S2', 'S3', 'S4', 'S5'])
  t.strictSame(names(group('adults', 20, 3, 0)), ['S3'])
})

t.test('what a few lose in one group cannot be had from the total and the other groups', async (t) => {
  const found = counted([
    ...group('adults', 40, 3, 8),
    ...group('elders', 40, 15, 0),
    ...group('young', 40, 30, 0),
  ])
  t.match(found?.all, { lower: { rows: 56 }, losses: '-24.00' })
  t.match(found?.groups, [
    { userGroup: 'adults', lower: { rows: 11 }, gains: null, losses: null },
    { userGroup: 'elders', lower: { rows: 15 }, gains: null, losses: null },
    { userGroup: 'young', losses: '-15.00' },
  ])
})

t.test(
  'a few who stay the same are counted with those who get less, and everything can be shown',
  async (t) => {
    const found = counted([...group('adults', 40, 40, 3), ...group('elders', 40, 40, 0)])
    t.match(found?.all, { higher: { rows: 80 }, lower: { rows: 83, people: '83' }, same: { rows: 0 } })
    t.equal(found?.all.losses, '-40.00', 'no money moves with them')
    t.match(found?.groups, [{ lower: { rows: 43 } }, { lower: { rows: 40 } }])
  },
)

t.test('money of a few stays hidden, however many they are counted with', async (t) => {
  const found = counted([...group('adults', 40, 3, 40)])
  t.match(found?.all, { higher: { rows: 40 }, lower: { rows: 43 }, gains: null, losses: null })
})

t.test('nobody gets less: a few who stay the same are counted with those who get more', async (t) => {
  t.match(counted(group('adults', 40, 0, 3))?.all, { higher: { rows: 43 }, lower: { rows: 0 } })
})

t.test('where those who stay the same are counted is one place for all methods', async (t) => {
  const place = (...all: readonly (readonly [number, number, number])[]): UnchangedWith =>
    unchangedWith(
      all.map((counts) => impactOf(group('adults', ...counts))),
      PUBLIC,
    )
  t.equal(place([40, 40, 0], [40, 40, 12]), 'apart')
  t.equal(place([40, 40, 0], [40, 40, 1]), 'lower')
  t.equal(place([40, 0, 1], [40, 40, 1]), 'higher')
  t.equal(place([40, 0, 1], [39, 0, 2]), 'higher')
  t.equal(place([3, 3, 3]), 'lower')
})

t.test('cells that the council has published are shown, with outcomes hidden as ever', async (t) => {
  const moves = [...group('adults', 40, 40, 0), ...group('elders', 3, 2, 0), ...group('young', 20, 20, 0)]
  const shown = disclosedImpact(impactOf(moves), audienceOf('groups', ['groups']))
  t.match(shown?.groups, [
    { suppressed: false },
    { suppressed: false, rows: 5, higher: null, gains: null, costBands: [{ rows: 5, higher: null }] },
    { suppressed: false },
  ])
})

function impactOf(moves: readonly [Case, number][]) {
  return impact(
    moves.map(([one]) => one),
    moves.map(([, amount]) => amount),
    PLAIN,
  )
}

/** With those who stay the same counted where they can be. */
function counted(moves: readonly [Case, number][]) {
  const found = impactOf(moves)
  return disclosedImpact(found, PUBLIC, unchangedWith([found], PUBLIC))
}
