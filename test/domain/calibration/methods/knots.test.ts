// Knots: which points a table is printed at, and what a cohort weighs on them.

import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { MOST_KNOTS } from '../../../../src/contract/limits.ts'
import {
  amountAt,
  curveTotal,
  knotPoints,
  masses,
  type PointsWeights,
} from '../../../../src/domain/calibration/methods/knots.ts'
import { DOUBLES, EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { add, compare, fraction } from '../../../../src/domain/number/fraction.ts'
import { asNumber, cohort, totalOf } from './method-cohorts.ts'

/** One person at each of some points, which rise. */
const at = (...points: readonly number[]): PointsWeights => ({
  points: Float64Array.from(points),
  weight: new Float64Array(points.length).fill(10_000),
})

t.test('0, each points value once, the kinks inside the scale, and its maximum', async (t) => {
  t.strictSame(knotPoints(at(300, 700), 1000, [1200, 450, 1000, 450, 0]), [0, 300, 450, 700, 1000])
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

t.test('quantiles follow the weight', async (t) => {
  const values = Float64Array.from({ length: 2400 }, (_, i) => i)
  const weighted = { points: values, weight: values.map((points) => (points < 2000 ? 1 : 50)) }
  const points = knotPoints(weighted, 3000, [])
  t.equal(points.filter((one) => one >= 2000 && one < 2400).length, 400)
  t.ok(points.length <= MOST_KNOTS)
  const onScale = knotPoints(weighted, 2390, [])
  t.equal(onScale.at(-1), 2390, 'who is above the scale weighs nothing in choosing')
  t.equal(onScale.filter((one) => one >= 2000).length, 391)
})

t.test('more kinks than half the knots are thinned out evenly', async (t) => {
  const many = at(...Array.from({ length: 3000 }, (_, i) => 2 * i + 1))
  const points = knotPoints(
    many,
    6001,
    Array.from(many.points, (one) => one + 1),
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
  t.strictSame(amountAt(EXACT, curve, 0), fraction(0n))
  t.strictSame(amountAt(EXACT, curve, 100), fraction(100n, 3n))
  t.strictSame(amountAt(EXACT, curve, 300), fraction(100n))
  t.strictSame(amountAt(EXACT, curve, 650), fraction(401n, 4n))
  t.strictSame(amountAt(EXACT, curve, 1000), fraction(201n, 2n))
  t.strictSame(amountAt(EXACT, curve, 1001), fraction(201n, 2n))
  t.equal(asNumber(totalOf(curve, cohort([1, 0, 3], [12, 0, 2]))), 301)
})

t.test('the masses are all of the cohort, whatever the knots, in both arithmetics', async (t) => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(1200), { minLength: 1 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40_000 })),
      fc.array(fc.nat(1000)),
      (values, weights, inner) => {
        const points = Float64Array.from(values).sort()
        const sample = { points, weight: points.map(() => weights.next().value ?? 1) }
        const knots = knotPoints(at(), 1000, inner)
        const [exact, doubles] = [masses(EXACT, sample, knots), masses(DOUBLES, sample, knots)]
        exact.forEach((mass, i) => {
          strictEqual(Math.abs(asNumber(mass) - (doubles[i] ?? Number.NaN)) < 1e-6, true)
        })
        const weight = sample.weight.reduce((all, one) => all + BigInt(one), 0n)
        strictEqual(compare(exact.reduce(add), fraction(weight)), 0)
        const line = { knots: knots.map((here) => ({ points: here, amount: fraction(BigInt(here)) })) }
        const direct = points.reduce(
          (all, one, i) => all + BigInt(Math.min(one, 1000)) * BigInt(sample.weight[i] ?? 0),
          0n,
        )
        strictEqual(compare(curveTotal(EXACT, line, exact), fraction(direct)), 0)
      },
    ),
    { seed: 1001, numRuns: 200 },
  )
  t.pass('200 cohorts')
})
