import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { reasonableness } from '../../../../src/domain/calibration/effects/reasonableness.ts'
import { arbCase, person, refusal } from './impact-cases.ts'

const cases = [
  person({ ref: 'A', cost: 100_000 }),
  person({ ref: 'B', cost: 100_000, userGroup: 'elders', weight: 20_000 }),
  person({ ref: 'C', cost: 1_000_000 }),
  person({ ref: 'D', cost: 0 }),
]

t.test('who differs by more than 10 % or £500, the largest difference first', async (t) => {
  const found = reasonableness(cases, [110_000, 88_000, 1_060_000, 1], { percent: '10', pounds: '500' })
  t.strictSame(found.differences, [
    {
      ref: 'C',
      userGroup: 'adults',
      existing: '10000.00',
      new: '10600.00',
      change: '600.00',
      changePercent: '6.00',
      beyond: ['pounds'],
    },
    {
      ref: 'B',
      userGroup: 'elders',
      existing: '1000.00',
      new: '880.00',
      change: '-120.00',
      changePercent: '-12.00',
      beyond: ['percent'],
    },
    {
      ref: 'D',
      userGroup: 'adults',
      existing: '0.00',
      new: '0.01',
      change: '0.01',
      changePercent: null,
      beyond: ['percent'],
    },
  ])
  t.equal(found.rows, 4)
  t.equal(found.rowsBeyond, 3)
  t.equal(found.people, '5')
  t.equal(found.peopleBeyond, '4')
  t.equal(found.sharePercent, '80.00')
  t.strictSame(
    found.groups.map(({ userGroup, rowsBeyond, sharePercent }) => [userGroup, rowsBeyond, sharePercent]),
    [
      ['adults', 2, '66.67'],
      ['elders', 1, '100.00'],
    ],
  )
})

t.test('one limit alone, and exactly the limit is reasonable', async (t) => {
  const beyond = (percent: string | null, pounds: string | null) =>
    reasonableness([person({ cost: 100_000 })], [110_000], { percent, pounds }).rowsBeyond
  t.equal(beyond('10', null), 0)
  t.equal(beyond('9.9999', null), 1)
  t.equal(beyond(null, '100'), 0)
  t.equal(beyond(null, '99.99'), 1)
})

t.test('against what people have now, when that is given', async (t) => {
  const tolerance = { percent: '10', pounds: null }
  t.equal(reasonableness(cases, [1, 2, 3, 4], tolerance, { existing: [1, 2, 3, 4] }).rowsBeyond, 0)
})

t.test('nobody at all', async (t) => {
  const found = reasonableness([], [], { percent: '10', pounds: null })
  t.strictSame(found, {
    rows: 0,
    rowsBeyond: 0,
    people: '0',
    peopleBeyond: '0',
    sharePercent: null,
    groups: [],
    differences: [],
  })
})

t.test('the order of rows is nothing, also among equal differences', async (t) => {
  const property = fc.property(fc.array(fc.tuple(arbCase, fc.nat(3)), { maxLength: 12 }), (drawn) => {
    const people = drawn.map(([one], i) => ({ ...one, ref: String(i) }))
    const amounts = people.map(({ cost }, i) => cost + (drawn[i]?.[1] ?? 0))
    const tolerance = { percent: null, pounds: '0' }
    equal(
      JSON.stringify(reasonableness(people.toReversed(), amounts.toReversed(), tolerance)),
      JSON.stringify(reasonableness(people, amounts, tolerance)),
    )
  })
  fc.assert(property, { seed: 10, numRuns: 200 })
  t.pass()
})

for (const [name, tolerance, pointer] of [
  ['no tolerance', { percent: null, pounds: null }, '/tolerance'],
  ['a percentage below nothing', { percent: '-1', pounds: null }, '/tolerance/percent'],
  ['parts of a penny', { percent: null, pounds: '1.001' }, '/tolerance/pounds'],
] as const)
  t.test(`refuses ${name}`, async (t) => {
    const [fault = ''] = refusal(() => reasonableness([], [], tolerance))
    t.ok(fault.startsWith(`${pointer} parameter-out-of-range`), fault)
  })
