// Knots: which points a table is printed at, and what a cohort weighs on them.
import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  amountAt,
  curveTotal,
  knotPoints,
  MOST_KNOTS,
  masses,
} from '../../../../src/domain/calibration/methods/knots.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { asNumber, cohort } from './method-cohorts.ts'

const at = (...points: readonly number[]) => points.map((one) => ({ points: one, weight: 10_000 }))

t.test('0, each points value once, the kinks inside the scale, and its maximum', async (t) => {
  t.strictSame(knotPoints(at(700, 300, 700), 1000, [0, 450, 1000, 1200]), [0, 300, 450, 700, 1000])
  t.strictSame(knotPoints(at(0, 1000), 1000, []), [0, 1000])
  t.strictSame(knotPoints(at(1200), 1000, []), [0, 1000], 'points off the scale are not on its table')
})

t.test('beyond 1,001 the values give way to their quantiles; ends and kinks stay', async (t) => {
  const many = at(...Array.from({ length: 5000 }, (_, i) => 7 + i))
  const points = knotPoints(many, 9000, [4321, 8000])
  t.ok(points.length <= MOST_KNOTS && points.length > 990, `${points.length}`)
  for (const end of [0, 7, 4321, 5006, 8000, 9000]) t.ok(points.includes(end), `${end}`)
  const gaps = points.slice(2, -3).map((here, i) => here - (points[i + 1] ?? 0))
  t.ok(Math.max(...gaps) <= 6, 'evenly, about 5 hundredths apart')
})

t.test('quantiles follow the weight, whether it is one row or many', async (t) => {
  const light = Array.from({ length: 2000 }, (_, i) => ({ points: i, weight: 1 }))
  const heavy = Array.from({ length: 400 }, (_, i) => ({ points: 2000 + i, weight: 50 }))
  const points = knotPoints([...light, ...heavy], 3000, [])
  t.equal(points.filter((one) => one >= 2000 && one < 2400).length, 400)
  t.ok(points.length <= MOST_KNOTS)
  const split = [...light, ...heavy, ...heavy.slice(0, 0)].flatMap(({ points: own, weight }) =>
    Array.from({ length: weight }, () => ({ points: own, weight: 1 })),
  )
  t.strictSame(knotPoints(split.reverse(), 3000, []), points)
})

t.test('more kinks than half the knots are thinned out evenly', async (t) => {
  const many = at(...Array.from({ length: 3000 }, (_, i) => 2 * i + 1))
  const points = knotPoints(
    many,
    6001,
    many.map((one) => one.points + 1),
  )
  t.ok(points.length <= MOST_KNOTS && points.length > 990, `${points.length}`)
  t.equal(points.filter((one) => one > 0 && one % 2 === 0).length, 500)
})

t.test('a curve is a straight line between knots, and held above the last', async (t) => {
  const curve = {
    knots: [
      { points: 0, amount: fraction(0n) },
      { points: 300, amount: fraction(100n) },
      { points: 1000, amount: fraction(201n, 2n) },
    ],
  }
  t.strictSame(amountAt(curve, 0), fraction(0n))
  t.strictSame(amountAt(curve, 100), fraction(100n, 3n))
  t.strictSame(amountAt(curve, 300), fraction(100n))
  t.strictSame(amountAt(curve, 650), fraction(401n, 4n))
  t.strictSame(amountAt(curve, 1000), fraction(201n, 2n))
  t.strictSame(amountAt(curve, 1001), fraction(201n, 2n))
  t.equal(asNumber(curveTotal(curve, cohort([1, 0, 3], [12, 0, 2]))), 301)
})

t.test('the masses are all of the cohort, whatever the knots', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ points: fc.nat(1200), weight: fc.integer({ min: 1, max: 40_000 }) }), {
        minLength: 1,
      }),
      fc.array(fc.nat(1000)),
      (cases, inner) => {
        const points = knotPoints(at(...inner), 1000, [])
        const sum = masses(cases, points).reduce((all, mass) => all + asNumber(mass), 0)
        const weight = cases.reduce((all, one) => all + one.weight, 0) / 10_000
        strictEqual(Math.abs(sum - weight) < 1e-9, true)
        const line = { knots: points.map((here) => ({ points: here, amount: fraction(BigInt(here)) })) }
        const direct = cases.reduce((all, one) => all + Math.min(one.points, 1000) * one.weight, 0) / 10_000
        strictEqual(Math.abs(asNumber(curveTotal(line, cases)) - direct) < 1e-6, true)
      },
    ),
    { seed: 1001, numRuns: 200 },
  )
  t.pass('200 cohorts')
})
