// Isotonic: pooling against published worked examples and the min-max formula, then the smoothed curve.
import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { pooled } from '../../../../src/domain/calibration/methods/isotonic.ts'
import { exactSample } from '../../../../src/domain/calibration/methods/sample.ts'
import { EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { compare, fraction } from '../../../../src/domain/number/fraction.ts'
import { arbCohort, codesOf, cohort, input, paid, tiny } from './method-cohorts.ts'

/** The pooled made at 1, 2, 3 … points, in pounds. */
function fitOf(costs: readonly number[], weights?: readonly number[]): readonly number[] {
  const cases = cohort(...costs.map((cost, i) => [i + 1, cost, weights?.[i] ?? 1] as const))
  return pooled(EXACT, exactSample(cases)).flatMap(({ first, last, cost, weight }) =>
    Array.from({ length: (last - first) / 100 + 1 }, () => rounded(Number(cost.n) / Number(weight.n) / 100)),
  )
}

const times = (value: number, count: number) => Array.from({ length: count }, () => rounded(value))

function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9
}

t.test('the example in the manual of scikit-learn', async (t) => {
  t.strictSame(fitOf([5, 3, 1, 2, 8, 10, 7, 9, 6, 4]), [...times(2.75, 4), ...times(22 / 3, 6)])
})

t.test("the examples in scikit-learn's own tests", async (t) => {
  t.strictSame(fitOf([3, 7, 5, 9, 8, 7, 10]), [3, 6, 6, 8, 8, 8, 10])
  t.strictSame(fitOf([10, 0, 2]), [4, 4, 4])
})

t.test('the examples in the manual of R, ?isoreg', async (t) => {
  t.strictSame(fitOf([1, 0, 4, 3, 3, 5, 4, 2, 0]), [0.5, 0.5, ...times(3, 7)])
  t.strictSame(fitOf([1, 0, 4, 3, 3, 5, 4, 2, 3]), [0.5, 0.5, ...times(10 / 3, 3), ...times(3.5, 4)])
  t.strictSame(fitOf([5, 9, 1, 2, 5, 6, 7, 8, 3, 8]), [...times(4.25, 4), 5, ...times(6, 4), 8])
})

t.test('a weight counts as so many people', async (t) => {
  t.strictSame(fitOf([6, 2, 3], [1, 3, 1]), [3, 3, 3])
  t.strictSame(fitOf([1, 9, 3], [1, 1, 2]), [1, 5, 5])
})

t.test('pooling is the min-max formula: the greatest mean from below of the least mean above', async (t) => {
  fc.assert(
    fc.property(arbCohort, (cases) => {
      const sample = exactSample(cases)
      const groups = Array.from(sample.points, (points, i) => ({
        points,
        weight: sample.weight[i] ?? 0,
        cost: sample.spend[i]?.n ?? 0n,
      }))
      const mean = (from: number, to: number) => {
        const part = groups.slice(from, to + 1)
        const weight = part.reduce((sum, group) => sum + BigInt(group.weight), 0n)
        return fraction(
          part.reduce((sum, group) => sum + group.cost, 0n),
          weight,
        )
      }
      const pools = pooled(EXACT, sample)
      groups.forEach(({ points }, i) => {
        const least = (from: number) =>
          groups
            .slice(i)
            .map((_, j) => mean(from, i + j))
            .reduce((a, b) => (compare(a, b) <= 0 ? a : b))
        const expected = groups
          .slice(0, i + 1)
          .map((_, from) => least(from))
          .reduce((a, b) => (compare(a, b) >= 0 ? a : b))
        const own = pools.find(({ first, last }) => first <= points && points <= last)
        strictEqual(compare(fraction(own?.cost.n ?? 0n, own?.weight.n ?? 1n), expected), 0)
      })
    }),
    { seed: 1955, numRuns: 100 },
  )
  t.pass('100 cohorts')
})

t.test('for six people it equals tie-mean', async (t) => {
  const made = fit({ method: 'isotonic' }, input(tiny))
  t.strictSame(paid(made, tiny), [2000, 4500, 4500, 9000, 20000, 26000])
  t.strictSame(made.coefficients, { scale: '1', pools: '5' })
  t.strictSame(codesOf(made), ['small-cohort', 'above-cohort'])
})

t.test('between two pools it is a straight line from centre to centre, and held outside them', async (t) => {
  const cases = cohort([2, 30], [4, 10], [6, 50], [9, 40, 2])
  // Pools: 2 and 4 at £20, centre 3; 6 and 9 at £43.33, centre 8.
  const made = fit({ method: 'isotonic' }, input(cases, { neutral: false }))
  const amounts = paid(made, cohort(...[0, 1, 2, 3, 4, 6, 8, 9, 50].map((points) => [points, 0] as const)))
  t.strictSame(amounts, [0, 10, 20, 20, 24.67, 34, 43.33, 43.33, 43.33])
  t.equal(made.coefficients.pools, '2')
  t.match(made.warnings[0], { code: 'not-neutral' }, 'smoothing moves the total; only scaling brings it back')
})

t.test('people with no points hold the pool they are in', async (t) => {
  const cases = cohort([0, 30], [4, 10], [8, 90])
  const made = fit({ method: 'isotonic' }, input(cases, { neutral: false }))
  t.strictSame(paid(made, cases), [20, 43.33, 90])
  t.strictSame(
    made.curve.knots.map(({ points }) => points),
    [0, 200, 400, 800, 10_000],
  )
})
