import t from 'tap'
import { fitOfPoints } from '../../../../src/domain/calibration/cohort/fit-of-points.ts'
import { seeded, shuffled } from '../../../../src/domain/number/random.ts'
import { cohort, people, person, repeated, TINY } from '../trust/cohorts.ts'

t.test('the tiny cohort has the correlations found by hand', async (t) => {
  // r = Σdxdy ÷ √(Σdx² Σdy²) = 655,000 ÷ √(920.8333 × 480,000,000); ranks 1 2½ 2½ 4 5 6 against 1 2 3 4 5 6.
  const { linear, rank } = fitOfPoints(TINY)
  t.equal(linear, (655_000 / Math.sqrt(920.8333333333 * 480_000_000)).toFixed(4))
  t.equal(rank, (17 / Math.sqrt(17 * 17.5)).toFixed(4))
})

t.test('points that rise exactly with cost correlate by 1, and by −1 when they fall', async (t) => {
  const rising = people([
    [1, 100],
    [2, 400],
    [3, 900],
  ])
  t.equal(fitOfPoints(rising).rank, '1.0000')
  t.equal(fitOfPoints(rising.map((row) => ({ ...row, cost: row.points * 3 }))).linear, '1.0000')
  t.equal(fitOfPoints(rising.map((row) => ({ ...row, cost: 900 - row.points }))).linear, '-1.0000')
})

t.test('where points or costs do not vary nothing is said', async (t) => {
  const nothing = { linear: null, rank: null }
  t.match(fitOfPoints(people([[3, 100]])), { cases: 1, ...nothing })
  t.match(fitOfPoints([]), { cases: 0, ...nothing, byGroup: [] })
  const tied = Array.from({ length: 7 }, (_, i) => person(`T${i}`, 1010, 33 * i, { weight: 3333 + i }))
  t.match(fitOfPoints(tied), nothing)
  t.match(fitOfPoints(tied.map((row) => ({ ...row, points: row.cost, cost: 1010 }))), nothing)
})

t.test('a weight counts as so many people, and the order of rows does not count', async (t) => {
  const cases = cohort(4, 60, { step: 500 }).map((row, i) => ({ ...row, weight: ((i % 3) + 1) * 10_000 }))
  const once = fitOfPoints(cases)
  const often = fitOfPoints(repeated(cases))
  t.match(often, { linear: once.linear, rank: once.rank })
  const order = [...shuffled(seeded(9), 60).draws]
  t.strictSame(fitOfPoints(order.flatMap((i) => cases[i] ?? [])), once)
})

t.test('each user group has its own fit, in the order of their keys', async (t) => {
  const { byGroup } = fitOfPoints(cohort(4, 60))
  t.strictSame(
    byGroup.map(({ userGroup }) => userGroup),
    ['learning-disability', 'older-people'],
  )
  const older = cohort(4, 60).filter(({ userGroup }) => userGroup === 'older-people')
  const { cases, linear, rank } = fitOfPoints(older)
  t.strictSame(byGroup[1], { userGroup: 'older-people', cases, linear, rank })
})
