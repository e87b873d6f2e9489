import t from 'tap'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import type { Band } from '../../../../src/contract/calibration/trust.ts'
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { amountAt } from '../../../../src/domain/calibration/methods/knots.ts'
import {
  advance,
  type BootstrapInput,
  bands,
  bootstrap,
  startBootstrap,
} from '../../../../src/domain/calibration/trust/bootstrap.ts'
import { inOrder } from '../../../../src/domain/calibration/trust/sample.ts'
import { EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { drawsBelow, seeded } from '../../../../src/domain/number/random.ts'
import { totalOf } from '../methods/method-cohorts.ts'
import { input, line, METHODS, width } from './bands.ts'
import { cohort, people, TINY } from './cohorts.ts'

t.test('each resample is what its draws say, refitted; the bands are its percentiles', async (t) => {
  // Fixed: the price is Σ cost ÷ Σ points of the people drawn, so all is known from the draws alone.
  const found = bootstrap(input(TINY, { grid: [1000], scaleMaximum: 4000 }))
  let state = seeded(2012)
  const prices = Array.from({ length: 1000 }, () => {
    const drawn = drawsBelow(state, 6, 6)
    state = drawn.state
    const rows = [...drawn.draws].flatMap((i) => TINY[i] ?? [])
    return rows.reduce((sum, { cost }) => sum + cost, 0) / rows.reduce((sum, { points }) => sum + points, 0)
  }).sort((a, b) => a - b)
  const percentile = (share: number) => {
    const place = 999 * share
    const [low = 0, high = 0] = prices.slice(Math.floor(place))
    return low + (place % 1) * (high - low)
  }
  const [lower, upper] = [percentile(0.025), percentile(0.975)]
  // Pence a hundredth: 1,000 hundredths in pounds is ten times that.
  t.match(found.curve[0], {
    points: 1000,
    estimate: '5739.13',
    lower: (lower * 10).toFixed(2),
    upper: (upper * 10).toFixed(2),
  })
  t.match(found.total, {
    estimate: '66000.00',
    lower: (lower * 115).toFixed(2),
    upper: (upper * 115).toFixed(2),
  })
})

t.test('a resample is what the exact method makes of the people drawn', async (t) => {
  const cases = inOrder(cohort(6, 70, { step: 200, weights: true }))
  for (const request of METHODS) {
    const given = input(cases, { request })
    const { rows } = advance(startBootstrap(given), 3)
    t.equal(rows.length, 3)
    let random = seeded(2012)
    for (const row of rows) {
      const drawn = drawsBelow(random, 70, 70)
      random = drawn.state
      const chosen = [...drawn.draws].flatMap((i) => cases[i] ?? [])
      const { curve } = fit(request, { ...given, cases: chosen, target: currentSpend(chosen) })
      const wanted = [...given.grid.map((points) => amountAt(EXACT, curve, points)), totalOf(curve, cases)]
      wanted.forEach((amount, i) => {
        const exact = Number(amount.n) / Number(amount.d)
        t.ok(Math.abs((row[i] ?? Number.NaN) - exact) <= 1e-9 * Math.max(1, exact), `${request.method} ${i}`)
      })
    }
  }
})

t.test('a state is never changed by going on from it', async (t) => {
  const start = startBootstrap(input(TINY))
  const once = JSON.stringify(bands(advance(start, 300)))
  t.equal(JSON.stringify(bands(advance(start, 300))), once)
  t.match(bands(start), { done: 0, total: { estimate: '66000.00', lower: null, upper: null } })
})

t.test('a wider level gives wider bands', async (t) => {
  const cases = cohort(5, 60)
  const [narrow, wide] = [0.8, 0.99].map((level) => bootstrap(input(cases, { level })))
  t.ok(width(narrow?.total as Band) < width(wide?.total as Band))
  t.equal(wide?.level, 0.99)
})

t.test(
  'resamples that the method refuses are counted by reason, and the bands are of the others',
  async (t) => {
    const weak = people([
      [10, 5000],
      [20, 4000],
      [30, 6000],
      [40, 4500],
      [50, 6500],
    ])
    const found = bootstrap(input(weak, { request: line }))
    t.equal(found.done, 1000)
    t.equal(
      found.failures.reduce((sum, { count }) => sum + count, 0),
      found.failed,
    )
    t.strictSame(
      found.failures.map(({ code }) => code),
      ['points-all-equal', 'slope-not-positive'],
    )
    t.ok(found.failed > 50 && found.failed < 500, `${found.failed}`)
    t.match(found.warnings, [{ code: 'few-cases' }, { code: 'resamples-failed' }])
    t.ok(found.curve.every(({ lower, upper }) => lower !== null && upper !== null))
  },
)

t.test('cohorts with nothing to vary give a band of no width, and never NaN', async (t) => {
  const alike = {
    tied: [
      [10, 700],
      [10, 700],
      [10, 700],
    ],
    alone: [[10, 700]],
  } as const
  for (const pairs of Object.values(alike)) {
    for (const request of [METHODS[0], METHODS[1], METHODS[4]] as MethodRequest[]) {
      const { curve, total } = bootstrap(input(people(pairs), { request }))
      for (const band of [...curve, total]) t.equal(width(band), 0)
      t.match(curve[1], { points: 1000, estimate: '700.00' })
    }
  }
  const equalCosts = bootstrap(
    input(
      people([
        [10, 700],
        [20, 700],
        [30, 700],
      ]),
      { request: { method: 'percentile' } },
    ),
  )
  t.match(equalCosts.curve[2], { estimate: '700.00', upper: '700.00' })
  for (const size of [2, 3]) {
    for (const request of METHODS.filter(
      ({ method }) => !['line', 'rising-price', 'bounded-line'].includes(method),
    )) {
      const found = bootstrap(input(cohort(7, size), { request }))
      t.notMatch(JSON.stringify(found), /NaN|Infinity/)
    }
  }
})

t.test('people with no points or no cost make some resamples impossible, and those are told', async (t) => {
  const cases = people([
    [0, 100],
    [10, 0],
  ])
  const found = bootstrap(input(cases))
  t.strictSame(
    found.failures.map(({ code }) => code),
    ['budget-not-positive', 'points-all-zero'],
  )
  t.equal(found.done, 1000)
})

t.test('a stated sum is not drawn again: with the same weight it stays the same', async (t) => {
  const stated = { target: { n: 6_600_000n, d: 1n }, targetFollows: 'weight' } as const
  const tied = people([
    [10, 100],
    [10, 900],
    [10, 5000],
  ])
  const { total } = bootstrap(input(tied, stated))
  t.match(total, { estimate: '66000.00', lower: '66000.00', upper: '66000.00' })
})

t.test('within a cap the top of the band is the cap', async (t) => {
  const found = bootstrap(input(TINY, { cap: 1_500_000, surplus: 'redistribute', grid: [1000, 4000] }))
  t.match(found.curve[1], { estimate: '15000.00', upper: '15000.00' })
  t.match(found.curve[0], { estimate: '8400.00' })
})

t.test('what cannot be asked for is refused by name', async (t) => {
  const wrong: readonly (readonly [Partial<BootstrapInput>, string])[] = [
    [{ resamples: 999 }, '/resamples'],
    [{ resamples: 10_001 }, '/resamples'],
    [{ resamples: 1000.5 }, '/resamples'],
    [{ level: 0.5 }, '/level'],
    [{ level: 1 }, '/level'],
    [{ level: Number.NaN }, '/level'],
    [{ grid: [0, 12_001] }, '/grid'],
    [{ grid: [100, 100] }, '/grid'],
    [{ grid: [-1] }, '/grid'],
    [{ grid: [0.5] }, '/grid'],
    [{ seed: -1 }, '/seed'],
  ]
  for (const [rest, pointer] of wrong) {
    t.throws(() => startBootstrap(input(TINY, rest)), {
      code: 'calibration-impossible',
      faults: [{ code: 'parameter-out-of-range', pointer }],
    })
  }
  t.throws(() => startBootstrap(input([], { target: { n: 1n, d: 1n } })), {
    faults: [{ code: 'cohort-empty' }],
  } as never)
})
