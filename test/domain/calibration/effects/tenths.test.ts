import { deepStrictEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Tenth } from '../../../../src/contract/calibration/effects.ts'
import { CHANGE_CLASSES } from '../../../../src/contract/limits.ts'
import { availableOf } from '../../../../src/domain/calibration/effects/available.ts'
import { effectsOf, mapSides, sidesOf } from '../../../../src/domain/calibration/effects/effects.ts'
import { FIRST_YEAR } from '../../../../src/domain/calibration/effects/scenarios.ts'
import { classOf, tenths, tenthTallies } from '../../../../src/domain/calibration/effects/tenths.ts'
import { fraction, ZERO } from '../../../../src/domain/number/fraction.ts'
import { arbCase, bnes, fixedAmounts, person, repeated } from './impact-cases.ts'

const ANY = [{ label: 'any', below: null }]
const OPTIONS = {
  costBands: { all: ANY },
  pointsBands: ANY,
  target: null,
  scenarios: FIRST_YEAR,
  characteristics: [],
}

const rowsOf = ({ classes: { muchMore, more, same, less, muchLess } }: Tenth) =>
  [muchMore, more, same, less, muchLess].map(({ rows }) => rows)
const sum = (lists: readonly (readonly number[])[]) =>
  lists.reduce((all, own) => all.map((count, i) => count + (own[i] ?? 0)), [0, 0, 0, 0, 0])

t.test('the cohort of 2012 by Fixed: its cheapest tenth gains, its dearest loses', async (t) => {
  const found = tenths(bnes, fixedAmounts)
  const [cheapest, dearest] = [found[0] as Tenth, found[9] as Tenth]
  t.strictSame([cheapest.rows, ...rowsOf(cheapest)], [14, 9, 2, 0, 1, 2])
  t.strictSame([dearest.rows, ...rowsOf(dearest)], [13, 2, 0, 0, 3, 8])
  t.strictSame([dearest.existing, dearest.new], ['570367.00', '418512.58'])
  t.strictSame(sum(found.map(rowsOf)), [50, 15, 14, 29, 26])
  t.equal(
    found.reduce((all, { rows }) => all + rows, 0),
    134,
  )
})

t.test('with a fifth held, 50 can plan with more and 84 with less', async (t) => {
  const sides = mapSides(sidesOf(fixedAmounts, fraction(1n, 5n)), (amounts) =>
    effectsOf(bnes, amounts, OPTIONS),
  )
  const whole = sides.whole.impact.all
  const available = sides.available?.impact.all
  t.strictSame([whole.higher.rows, whole.lower.rows, whole.new], [68, 66, '1885761.91'])
  t.strictSame([available?.higher.rows, available?.lower.rows, available?.new], [50, 84, '1508609.48'])
  t.equal(sides.available?.scenarios[2]?.cost, '1508609.48', 'all at once, the first year is the new money')
  t.equal(sidesOf(fixedAmounts, ZERO).available, null, 'nothing held, nothing else to say')
  t.equal(mapSides(sidesOf([], ZERO), (amounts) => amounts).available, null)
  const against = effectsOf([person({})], [50_000], { ...OPTIONS, existing: [40_000] })
  t.strictSame([against.scenarios[0]?.existing, against.tenths[5]?.existing], ['400.00', '400.00'])
})

t.test('what is held is rounded to the penny, once a person', async (t) => {
  t.strictSame(availableOf([1_364_122, 2, 3, 0], fraction(1n, 5n)), [1_091_298, 2, 2, 0])
  t.strictSame(availableOf([1], fraction(1n, 2n)), [0], 'half a penny is held')
})

t.test('the first class that holds, at its limits', async (t) => {
  const classes = [125_01, 125_00, 105_01, 105_00, 95_00, 94_99, 75_00, 74_99].map((next) =>
    classOf(100_00, next),
  )
  t.strictSame(classes, ['muchMore', 'more', 'more', 'same', 'same', 'less', 'less', 'muchLess'])
  t.strictSame([classOf(0, 0), classOf(0, 5), classOf(1, 0)], ['withoutCost', 'withoutCost', 'muchLess'])
})

t.test('people of one cost stand together, in the tenth of their middle', async (t) => {
  const at = (costs: readonly number[], weights: readonly number[] = []) =>
    tenths(
      costs.map((cost, i) => person({ cost, weight: weights[i] ?? 10_000 })),
      costs,
    ).flatMap(({ tenth, rows }) => (rows === 0 ? [] : [[tenth, rows]]))
  t.strictSame(
    at([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) => [i, 1]),
  )
  t.strictSame(at([5, 5, 5]), [[6, 3]], 'all alike: their middle is a half')
  t.strictSame(
    at([1, 2, 2, 2, 3]),
    [
      [2, 1],
      [6, 3],
      [10, 1],
    ],
    'a block of three fifths',
  )
  t.strictSame(
    at([1, 2], [90_000, 10_000]),
    [
      [5, 1],
      [10, 1],
    ],
    'by weight',
  )
  t.strictSame(at([]), [])
})

t.test('a weight of three is three people, and the order of the rows says nothing', async (t) => {
  const cases = fc.array(fc.tuple(arbCase, fc.nat(9_000_000)), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(cases, (pairs) => {
      const [people, amounts] = [pairs.map(([one]) => one), pairs.map(([, amount]) => amount)]
      const own = tenths(people, amounts)
      const shape = (found: readonly Tenth[]) =>
        found.map((one) => [one.people, one.existing, one.new, one.classes.muchLess.people])
      deepStrictEqual(shape(own), shape(tenths(...repeated(people, amounts))))
      deepStrictEqual(own, tenths(people.toReversed(), amounts.toReversed()))
      const tallies = tenthTallies(people, amounts)
      for (const [i, { classes }] of tallies.entries())
        equal(
          classes.reduce((all, { rows }) => all + rows, 0),
          own[i]?.rows,
        )
      equal(tallies[0]?.classes.length, CHANGE_CLASSES.length)
    }),
    { seed: 11, numRuns: 200 },
  )
  t.pass()
})
