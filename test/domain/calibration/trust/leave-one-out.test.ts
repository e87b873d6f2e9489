import t from 'tap'
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { leaveOneOut } from '../../../../src/domain/calibration/trust/leave-one-out.ts'
import type { TrustInput } from '../../../../src/domain/calibration/trust/refitting.ts'
import { people, TINY } from './cohorts.ts'

function input(cases: readonly Case[], rest: Partial<TrustInput> = {}): TrustInput {
  const target = currentSpend(cases)
  const fixed = { method: 'fixed' } as const
  return {
    ...{ cases, scaleMaximum: 5000, target, neutral: true, surplus: 'drop', targetFollows: 'spend' },
    ...{ request: fixed, ...rest },
  }
}

t.test('the fixed price without the top case is that of the others', async (t) => {
  const [top, costliest] = leaveOneOut(input(TINY))
  // £66,000 ÷ 115 points; without the top, £40,000 ÷ 75.
  const [before, after] = [66_000 / 115, 40_000 / 75]
  const pounds = (value: number) => value.toFixed(2)
  t.strictSame(top, {
    who: 'most-points',
    ref: 'P5',
    points: 4000,
    cost: '26000.00',
    outcome: 'fitted',
    atOwnPoints: {
      withEveryone: pounds(before * 40),
      without: pounds(after * 40),
      change: pounds((after - before) * 40),
      share: (after / before - 1).toFixed(4),
    },
    atScaleMaximum: {
      withEveryone: pounds(before * 50),
      without: pounds(after * 50),
      change: pounds((after - before) * 50),
      share: (after / before - 1).toFixed(4),
    },
    total: {
      withEveryone: '66000.00',
      without: pounds(after * 115),
      change: pounds(after * 115 - 66_000),
      share: (after / before - 1).toFixed(4),
    },
  })
  t.match(costliest, { who: 'highest-cost', ref: 'P5' })
})

t.test('by percentile the top of the table falls to the next person’s cost', async (t) => {
  const [top] = leaveOneOut(input(TINY, { request: { method: 'percentile' } }))
  t.match(top, { atScaleMaximum: { withEveryone: '26000.00', without: '20000.00', change: '-6000.00' } })
})

t.test('of those who cost most the one with the most points is left out', async (t) => {
  const cases = people([
    [20, 5000],
    [10, 5000],
    [30, 4000],
  ])
  const [, costliest] = leaveOneOut(input(cases))
  t.match(costliest, { ref: 'P0', points: 2000, cost: '5000.00' })
})

t.test('the costliest case need not be the one with the most points', async (t) => {
  const cases = people([
    [10, 90_000],
    [20, 1000],
    [30, 2000],
    [30, 4000],
  ])
  const [top, costliest] = leaveOneOut(input(cases))
  t.match(top, { ref: 'P3', points: 3000, cost: '4000.00' })
  t.match(costliest, { ref: 'P0', points: 1000, cost: '90000.00' })
})

t.test('a stated sum stays the same for each person of those left', async (t) => {
  const stated = { target: { n: 13_200_000n, d: 1n }, targetFollows: 'weight' } as const
  const [top] = leaveOneOut(input(TINY, stated))
  // £132,000 for six is £110,000 for five.
  t.match(top, { atScaleMaximum: { without: ((110_000 / 75) * 50).toFixed(2) } })
})

t.test(
  'where nobody is left, or the method then refuses, the reason stands in place of figures',
  async (t) => {
    t.match(leaveOneOut(input(people([[10, 500]]))), [
      { ref: 'P0', outcome: 'refused', code: 'cohort-empty' },
      { ref: 'P0', outcome: 'refused', code: 'cohort-empty' },
    ])
    const two = people([
      [10, 500],
      [20, 700],
    ])
    const request = { method: 'line' } as const
    t.match(leaveOneOut(input(two, { request })), [{ outcome: 'refused', code: 'points-all-equal' }, {}])
    const unpaid = people([
      [10, 0],
      [20, 700],
    ])
    t.match(leaveOneOut(input(unpaid)), [{ outcome: 'refused', code: 'budget-not-positive' }, {}])
  },
)

t.test('an amount of nothing has a change and no share', async (t) => {
  const cases = people([
    [0, 100],
    [0, 200],
    [10, 50],
  ])
  const [, costliest] = leaveOneOut(input(cases))
  t.match(costliest, { points: 0, atOwnPoints: { withEveryone: '0.00', change: '0.00', share: null } })
})

t.test('a cohort that the method refuses is refused', async (t) => {
  t.throws(() => leaveOneOut(input([])), {
    code: 'calibration-impossible',
    faults: [{ code: 'cohort-empty' }],
  })
  const falling = people([
    [10, 500],
    [20, 100],
  ])
  const request = { method: 'line' } as const
  t.throws(() => leaveOneOut(input(falling, { request, pointer: '/methods/2' })), {
    code: 'calibration-impossible',
    faults: [{ code: 'slope-not-positive', pointer: '/methods/2' }],
  })
})
