import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  joinedAlike,
  joinedNeighbours,
  joinedSmallest,
} from '../../../src/domain/disclosure/joined-groups.ts'
import { audienceOf, MODELLER } from '../../../src/domain/disclosure/may-show.ts'

const PUBLIC = audienceOf('headline')

t.test('a small part is joined with the one after it, the last with the one before it', async (t) => {
  t.strictSame(joinedNeighbours([2, 30, 40, 9], PUBLIC), [
    { first: 0, last: 1 },
    { first: 2, last: 3 },
  ])
})

t.test('parts of nobody stay apart, unless they lie between what is joined', async (t) => {
  t.strictSame(joinedNeighbours([0, 12, 0, 3], PUBLIC), [
    { first: 0, last: 0 },
    { first: 1, last: 3 },
  ])
  t.strictSame(joinedNeighbours([], PUBLIC), [])
})

t.test('too few people in all are one part', async (t) => {
  t.strictSame(joinedNeighbours([0, 3, 4], PUBLIC), [{ first: 0, last: 2 }])
})

t.test(
  'parts without an order: the small ones together, with the smallest other one if need be',
  async (t) => {
    t.strictSame(joinedSmallest([3, 40, 12, 0], PUBLIC), [0, 2])
    t.strictSame(joinedSmallest([3, 40, 8], PUBLIC), [0, 2])
    t.strictSame(joinedSmallest([30, 40], PUBLIC), [])
    t.strictSame(joinedSmallest([1, 1], PUBLIC), [0, 1])
  },
)

t.test('the examples of the rule', async (t) => {
  t.strictSame(joinedNeighbours([4, 7, 12, 0, 3], PUBLIC), [
    { first: 0, last: 1 },
    { first: 2, last: 4 },
  ])
  t.strictSame(joinedSmallest([67, 19, 22, 14, 4], PUBLIC), [3, 4])
})

t.test(
  'several lists are joined alike; a part that is empty in all of them widens its neighbour',
  async (t) => {
    const parts = [
      [0, 0],
      [12, 3],
      [0, 9],
      [10, 10],
      [4, 0],
    ]
    t.strictSame(joinedAlike(parts, PUBLIC), [
      { first: 0, last: 2 },
      { first: 3, last: 4 },
    ])
    t.strictSame(joinedAlike([[4], [3]], PUBLIC), [], 'too few in all are left out')
    t.strictSame(joinedAlike([], PUBLIC), [])
  },
)

t.test('nothing is joined for the modeller', async (t) => {
  t.equal(joinedNeighbours([4, 0, 3], MODELLER).length, 3)
  t.equal(joinedAlike([[4], [0], [3]], MODELLER).length, 3)
  t.strictSame(joinedSmallest([1, 2], MODELLER), [])
})

const arbCounts = fc.array(fc.nat(25), { maxLength: 12 })

t.test('nobody is lost, and nothing from 1 to 9 is left where there are ten people', async (t) => {
  fc.assert(
    fc.property(arbCounts, (counts) => {
      const runs = joinedNeighbours(counts, PUBLIC)
      const all = sum(counts)
      const sums = runs.map(({ first, last }) => sum(counts.slice(first, last + 1)))
      ok(sum(sums) === all && (all < 10 || sums.every((one) => one === 0 || one >= 10)))
      const places = joinedSmallest(counts, PUBLIC)
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
