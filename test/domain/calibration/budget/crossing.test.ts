// Where lines cross between two points values: the whole hundredths around it, alike in both arithmetics.
import t from 'tap'
import { crossing, gapOf } from '../../../../src/domain/calibration/budget/crossing.ts'
import { type Arithmetic, DOUBLES, EXACT } from '../../../../src/domain/number/arithmetic.ts'

type Pair = readonly [number, number]

const cases: readonly { why: string; from: number; to: number; before: Pair; after: Pair; at: number[] }[] = [
  { why: 'between two hundredths', from: 0, to: 1000, before: [0, 1], after: [2, 0], at: [333, 334] },
  { why: 'on a hundredth', from: 0, to: 1000, before: [0, 1], after: [4, 3], at: [500] },
  { why: 'from above', from: 100, to: 110, before: [5, 2], after: [0, 2], at: [106] },
  { why: 'within the first hundredth', from: 4, to: 10, before: [0, 1], after: [100, 0], at: [5] },
  { why: 'within the last', from: 4, to: 10, before: [100, 0], after: [0, 1], at: [9] },
  { why: 'at an end', from: 4, to: 10, before: [1, 1], after: [2, 1], at: [] },
  { why: 'nowhere', from: 4, to: 10, before: [3, 1], after: [2, 1], at: [] },
]

for (const { why, from, to, before, after, at } of cases) {
  t.test(`${why}: ${at.join(' and ') || 'no knot'}`, async (t) => {
    const found = <N>(arithmetic: Arithmetic<N>) => {
      const gap = ([a, b]: Pair) => gapOf(arithmetic, arithmetic.whole(a), arithmetic.whole(b))
      return crossing(arithmetic, from, to, gap(before), gap(after))
    }
    t.strictSame(found(EXACT), at)
    t.strictSame(found(DOUBLES), at)
  })
}

t.test('a place that doubles miss by a hair is the hundredth that it is exactly', async (t) => {
  // 0.1 + 0.2 is a hair above 0.3.
  t.strictSame(crossing(DOUBLES, 0, 10, 0.1 + 0.2, -0.7), [3])
  t.equal(gapOf(DOUBLES, 0.1 + 0.2, 0.3), 0)
})
