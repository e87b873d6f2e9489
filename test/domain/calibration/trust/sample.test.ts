import t from 'tap'
import { exactSample } from '../../../../src/domain/calibration/methods/sample.ts'
import {
  rowsWithout,
  sampleOf,
  sortedCases,
  wholeSample,
} from '../../../../src/domain/calibration/trust/sample.ts'
import { seeded, shuffled } from '../../../../src/domain/number/random.ts'
import { cohort, person, TINY } from './cohorts.ts'

t.test('the whole cohort by points and by cost', async (t) => {
  const sample = wholeSample(sortedCases(TINY))
  t.strictSame(Array.from(sample.points), [500, 1000, 2000, 3000, 4000])
  t.strictSame(Array.from(sample.weight), [10_000, 20_000, 10_000, 10_000, 10_000])
  t.strictSame(
    Array.from(sample.spend),
    [2000, 9000, 9000, 20_000, 26_000].map((pounds) => pounds * 1e6),
  )
  t.strictSame(
    Array.from(sample.byCost().cost),
    [2000, 3000, 6000, 9000, 20_000, 26_000].map((pounds) => pounds * 100),
  )
  t.equal(sample.totalWeight, 60_000)
  t.equal(sample.totalSpend, 66_000e6)
})

t.test('a row named twice counts twice, and one not named is not there', async (t) => {
  const sample = sampleOf(sortedCases(TINY), Uint32Array.of(0, 2, 2, 5))
  t.strictSame(Array.from(sample.points), [500, 1000, 4000])
  t.strictSame(Array.from(sample.weight), [10_000, 20_000, 10_000])
  t.strictSame(Array.from(sample.byCost().cost), [200_000, 600_000, 2_600_000])
  t.strictSame(Array.from(sample.byCost().weight), [10_000, 20_000, 10_000])
})

t.test('leaving one out leaves the others', async (t) => {
  const sorted = sortedCases(TINY)
  t.strictSame([...rowsWithout(sorted, 5)], [0, 1, 2, 3, 4])
  t.equal(sampleOf(sorted, rowsWithout(sorted, 5)).totalSpend, 40_000e6)
})

t.test('cases are in the same order however they were given, to their refs', async (t) => {
  const alike = [
    person('b', 10, 10),
    person('a', 10, 10),
    person('c', 10, 10, { userGroup: 'a-group' }),
    person('a', 10, 10),
    person('d', 10, 10, { weight: 5 }),
    person('e', 10, 9),
  ]
  t.strictSame(
    sortedCases(alike).cases.map(({ ref }) => ref),
    ['e', 'd', 'c', 'a', 'a', 'b'],
  )
  const cases = cohort(3, 50, { step: 1000, weights: true })
  const order = [...shuffled(seeded(1), 50).draws].flatMap((i) => cases[i] ?? [])
  t.strictSame(sortedCases(order), sortedCases(cases))
})

t.test('the whole sample is the exact one, in doubles', async (t) => {
  const cases = cohort(3, 50, { step: 1000, weights: true })
  const [found, exact] = [wholeSample(sortedCases(cases)), exactSample(cases)]
  t.strictSame(Array.from(found.points), Array.from(exact.points))
  t.strictSame(Array.from(found.weight), Array.from(exact.weight))
  t.strictSame(
    Array.from(found.spend, (own) => BigInt(own)),
    Array.from(exact.spend, ({ n }) => n),
  )
  t.equal(found.totalWeight, exact.totalWeight)
  t.equal(BigInt(found.totalSpend), exact.totalSpend.n)
  t.strictSame(Array.from(found.byCost().cost), Array.from(exact.byCost().cost))
  t.strictSame(Array.from(found.byCost().weight), Array.from(exact.byCost().weight))
})
