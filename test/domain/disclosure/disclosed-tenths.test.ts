import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { JoinedTenth } from '../../../src/contract/calibration/effects.ts'
import type { Case } from '../../../src/domain/calibration/cohort/case.ts'
import { tenthTallies } from '../../../src/domain/calibration/effects/tenths.ts'
import { disclosedTenths } from '../../../src/domain/disclosure/disclosed-tenths.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'
import { bnes, fixedAmounts, person } from '../calibration/effects/impact-cases.ts'

const PUBLIC = audienceOf('headline')

const shape = (found: readonly JoinedTenth[]) =>
  found.map(({ from, to, rows, classes }) => [
    `${from}-${to}`,
    rows,
    classes.map((one) => [one.classes.join('+'), one.rows]),
  ])

/** So many people of each cost, who get so much of it: `[cost, share, people]`. */
function cohort(...parts: readonly (readonly [cost: number, percent: number, rows: number])[]) {
  const all = parts.flatMap(([cost, percent, rows]) =>
    Array.from({ length: rows }, () => ({ one: person({ cost: cost * 100 }), amount: cost * percent })),
  )
  return tenthTallies(
    all.map(({ one }) => one),
    all.map(({ amount }) => amount),
  )
}

t.test('the modeller sees every tenth and every class', async (t) => {
  const found = disclosedTenths(tenthTallies(bnes, fixedAmounts), MODELLER)
  t.equal(found.length, 10)
  t.strictSame(shape(found)[0], [
    '1-1',
    14,
    [
      ['withoutCost', 0],
      ['muchMore', 9],
      ['more', 2],
      ['same', 0],
      ['less', 1],
      ['muchLess', 2],
    ],
  ])
  t.strictSame([found[9]?.existing, found[9]?.new], ['570367.00', '418512.58'])
})

t.test('the public sees the cohort of 2012 in halves, since few are in each class', async (t) => {
  const found = disclosedTenths(tenthTallies(bnes, fixedAmounts), PUBLIC)
  const classes = (muchMore: number, near: number, losing: number) => [
    ['withoutCost', 0],
    ['muchMore', muchMore],
    ['more+same', near],
    ['less+muchLess', losing],
  ]
  t.strictSame(shape(found), [
    ['1-5', 67, classes(36, 12, 19)],
    ['6-10', 67, classes(14, 17, 36)],
  ])
})

t.test('tenths with enough in each class stay apart; others are joined with their neighbours', async (t) => {
  const tenth = (cost: number, losing: number) =>
    [
      [cost, 50, losing],
      [cost + 1, 200, 40 - losing],
    ] as const
  const tenths = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].flatMap((cost, i) => tenth(cost, i === 3 ? 4 : 20))
  const found = disclosedTenths(cohort(...tenths), PUBLIC)
  t.strictSame(
    found.map(({ from, to }) => [from, to]),
    [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 5],
      [6, 6],
      [7, 7],
      [8, 8],
      [9, 9],
      [10, 10],
    ],
  )
})

t.test('a class is not told where it would tell few who gain', async (t) => {
  // Of those within 5%, three gain: 40 gain in all, and 37 of them by more.
  const found = disclosedTenths(
    cohort([100, 200, 37], [101, 101, 3], [102, 99, 20], [103, 50, 30]),
    PUBLIC,
    'apart',
  )
  const told = found[0]?.classes.map(({ classes }) => classes.join('+'))
  t.ok(found.length > 0)
  t.notOk(told?.includes('same'), 'joined with a neighbour')
  t.ok(told?.includes('muchLess'), 'who loses most is told first')
  const without = disclosedTenths(
    cohort([100, 200, 37], [101, 101, 3], [102, 99, 20], [103, 50, 30]),
    PUBLIC,
    null,
  )
  t.ok(without[0]?.classes.some(({ classes }) => classes.join() === 'same'))
})

t.test('where the unchanged are counted decides what would tell a few', async (t) => {
  const parts = [
    [100, 200, 30],
    [101, 100, 4],
    [102, 98, 20],
    [103, 50, 30],
  ] as const
  const classes = (found: readonly JoinedTenth[]) => found[0]?.classes.map((one) => one.classes.join('+'))
  t.strictSame(classes(disclosedTenths(cohort(...parts), PUBLIC, 'lower'))?.includes('same'), true)
  t.strictSame(classes(disclosedTenths(cohort(...parts), PUBLIC, 'higher'))?.includes('same'), false)
})

t.test('too few people are not told at all; one cost alone is one part', async (t) => {
  t.strictSame(disclosedTenths(cohort([100, 50, 9]), PUBLIC), [])
  t.strictSame(shape(disclosedTenths(cohort([100, 50, 12]), PUBLIC, null))[0]?.[0], '1-10')
  t.strictSame(disclosedTenths(cohort(), PUBLIC), [])
})

const arbPeople = fc.array(
  fc.record({
    cost: fc.integer({ min: 0, max: 40 }),
    percent: fc.constantFrom(0, 60, 90, 99, 100, 103, 110, 140),
  }),
  { maxLength: 120 },
)

t.test('no count from 1 to 9 is told, nobody is lost, and the sums give none away', async (t) => {
  fc.assert(
    fc.property(arbPeople, (rows) => {
      const cases: readonly Case[] = rows.map(({ cost }) => person({ cost: cost * 100 }))
      const amounts = rows.map(({ cost, percent }) => cost * percent)
      const found = disclosedTenths(tenthTallies(cases, amounts), PUBLIC, 'apart')
      if (found.length === 0) return
      ok(found.every(({ classes }) => classes.every((one) => one.rows === 0 || one.rows >= 10)))
      ok(found.reduce((all, one) => all + one.rows, 0) === rows.length)
      ok(found.every((one) => one.rows === one.classes.reduce((all, { rows: own }) => all + own, 0)))
    }),
    { seed: 12, numRuns: 300 },
  )
  t.pass()
})
