import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { joinedNeighbours, joinedSmallest } from '../../../src/domain/disclosure/joined-groups.ts'

t.test('a small part is joined with the one after it, the last with the one before it', async (t) => {
  t.strictSame(joinedNeighbours([2, 30, 40, 9], 10), [
    { first: 0, last: 1 },
    { first: 2, last: 3 },
  ])
})

t.test('parts of nobody stay apart, unless they lie between what is joined', async (t) => {
  t.strictSame(joinedNeighbours([0, 12, 0, 3], 10), [
    { first: 0, last: 0 },
    { first: 1, last: 3 },
  ])
  t.strictSame(joinedNeighbours([], 10), [])
})

t.test('too few people in all are one part', async (t) => {
  t.strictSame(joinedNeighbours([0, 3, 4], 10), [{ first: 0, last: 2 }])
})

t.test(
  'parts without an order: the small ones together, with the smallest other one if need be',
  async (t) => {
    t.strictSame(joinedSmallest([3, 40, 12, 0], 10), [0, 2])
    t.strictSame(joinedSmallest([3, 40, 8], 10), [0, 2])
    t.strictSame(joinedSmallest([30, 40], 10), [])
    t.strictSame(joinedSmallest([1, 1], 10), [0, 1])
  },
)

const arbCounts = fc.array(fc.nat(25), { maxLength: 12 })

t.test('nobody is lost, and nothing from 1 to 9 is left where there are ten people', async (t) => {
  fc.assert(
    fc.property(arbCounts, (counts) => {
      const runs = joinedNeighbours(counts, 10)
      const all = sum(counts)
      const sums = runs.map(({ first, last }) => sum(counts.slice(first, last + 1)))
      ok(sum(sums) === all && (all < 10 || sums.every((one) => one === 0 || one >= 10)))
      const places = joinedSmallest(counts, 10)
      const joined = sum(places.map((place) => counts[place] ?? 0))
      ok(all < 10 || joined === 0 || joined >= 10)
      ok(counts.every((count, i) => count === 0 || count >= 10 || places.includes(i)))
    }),
    { seed: 4, numRuns: 1000 },
  )
  t.pass()
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
