import { deepStrictEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { summary } from '../../../../src/domain/calibration/cohort/summary.ts'
import { arbCase, bnes, bnesCostBands, person, repeated } from '../effects/impact-cases.ts'

const ANY = [{ label: 'any', below: null }]
const PLAIN = { costBands: { all: ANY }, pointsBands: ANY }
const TENS = {
  costBands: bnesCostBands,
  pointsBands: [
    { label: '0 to under 10', below: 1000 },
    { label: '10 to under 20', below: 2000 },
    { label: '20 and more', below: null },
  ],
}

t.test('the 134 of 2012', async (t) => {
  const found = summary(bnes, TENS)
  t.strictSame(found.all, {
    rows: 134,
    people: '134',
    cost: '1885762.00',
    points: '3456.00',
    averageCost: '14072.85',
    averagePoints: '25.79',
    poundsPerPoint: '545.6487',
  })
  t.strictSame(
    found.groups.map(({ userGroup, rows, averagePoints, costBands }) => [
      userGroup,
      rows,
      averagePoints,
      costBands.length,
    ]),
    [
      ['Learning Difficulties', 22, '39.36', 6],
      ['Mental Health Over 65', 12, '35.67', 3],
      ['Mental Health Under 65', 14, '26.43', 3],
      ['Older People', 67, '19.43', 7],
      ['Physical Disabilities', 19, '25.79', 5],
    ],
  )
  t.equal(
    found.pointsBands.reduce((sum, { rows }) => sum + rows, 0),
    134,
  )
})

t.test('the spread of costs and of points', async (t) => {
  const cases = [1, 2, 3, 4, 10].map((units) => person({ cost: units * 101, points: units * 100 }))
  const found = summary(cases, PLAIN)
  t.strictSame(found.costSpread, {
    minimum: '1.01',
    lowerQuartile: '2.02',
    median: '3.03',
    upperQuartile: '4.04',
    maximum: '10.10',
  })
  t.equal(found.pointsSpread?.median, '3.00')
  t.equal(found.distinctPoints, 5)
  const even = summary(cases.slice(0, 2), PLAIN)
  t.equal(even.costSpread?.median, '1.52', 'the middle of two, halves of a penny up')
})

t.test('who costs money and has no points', async (t) => {
  const cases = [
    person({ ref: 'B', points: 0 }),
    person({ ref: 'A', points: 0 }),
    person({ ref: 'C', points: 0, cost: 0 }),
  ]
  const found = summary(cases, PLAIN)
  t.strictSame(found.withoutPoints, ['A', 'B'])
  t.equal(found.all.poundsPerPoint, null)
  t.equal(found.outliers.priceFences, null)
})

t.test('nobody at all', async (t) => {
  const found = summary([], PLAIN)
  t.equal(found.costSpread, null)
  t.equal(found.all.averageCost, null)
  t.equal(found.pointsBands[0]?.sharePercent, null)
  t.strictSame(found.outliers, { costFences: null, priceFences: null, rows: [] })
})

const ordinary = [100, 101, 102, 103, 104, 105, 106, 107].map((pounds, i) =>
  person({ ref: `O${i}`, cost: pounds * 100, points: 1000 }),
)

t.test('far costs and far prices per point are listed with their reasons, and nobody else', async (t) => {
  const cases = [
    ...ordinary,
    person({ ref: 'dear', cost: 50_000, points: 1000 }),
    person({ ref: 'cheap', cost: 100, points: 1000 }),
    person({ ref: 'many', cost: 10_300, points: 10_000 }),
    person({ ref: 'none', cost: 60_000, points: 0 }),
  ]
  const found = summary(cases, PLAIN).outliers
  t.strictSame(
    found.rows.map(({ ref, poundsPerPoint, reasons }) => [ref, poundsPerPoint, reasons]),
    [
      ['cheap', '0.10', ['cost-low', 'price-low']],
      ['dear', '50.00', ['cost-high', 'price-high']],
      ['many', '1.03', ['price-low']],
      ['none', null, ['cost-high']],
    ],
  )
  t.strictSame(found.costFences, { below: '86.50', above: '121.50' })
})

t.test('where everybody is equal nobody is far', async (t) => {
  t.strictSame(summary([person({}), person({}), person({})], PLAIN).outliers.rows, [])
  t.strictSame(summary([person({})], PLAIN).outliers.rows, [])
})

t.test('a weight is the row repeated, and the order of rows is nothing', async (t) => {
  const property = fc.property(fc.array(arbCase, { maxLength: 12 }), (drawn) => {
    const cases = drawn.map((one, i) => ({ ...one, ref: String(i) }))
    const found = summary(cases, PLAIN)
    const more = summary(repeated(cases, cases)[0], PLAIN)
    deepStrictEqual(more.costSpread, found.costSpread)
    deepStrictEqual(more.pointsSpread, found.pointsSpread)
    deepStrictEqual({ ...more.all, rows: 0 }, { ...found.all, rows: 0 })
    deepStrictEqual(more.outliers.costFences, found.outliers.costFences)
    equal(JSON.stringify(summary(cases.toReversed(), PLAIN)), JSON.stringify(found))
  })
  fc.assert(property, { seed: 9, numRuns: 200 })
  t.pass()
})

t.test('a price beyond all whole numbers that are exact is still a price', async (t) => {
  const dear = person({ points: 1, cost: 5_000_000_000_000_000 })
  const found = summary([dear, person({}), person({})], PLAIN)
  t.equal(found.outliers.priceFences === null, false)
})
