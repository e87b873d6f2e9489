import t from 'tap'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import {
  type BootstrapInput,
  bands,
  bootstrap,
  startBootstrap,
} from '../../../../src/domain/calibration/trust/bootstrap.ts'
import {
  advanceJointly,
  jointBands,
  jointlyFinished,
  startJointly,
} from '../../../../src/domain/calibration/trust/joint-bootstrap.ts'
import { drawsBelow, seeded } from '../../../../src/domain/number/random.ts'
import { cohort, fixedInput, people, TINY } from './cohorts.ts'

const line: MethodRequest = { method: 'line' }

function input(cases: readonly Case[], rest: Partial<BootstrapInput> = {}): BootstrapInput {
  return {
    ...fixedInput(cases),
    resamples: 1000,
    grid: [0, 1000, 2500, 12_000],
    ...rest,
  }
}

function jointly(inputs: readonly BootstrapInput[], slice = 1000) {
  let state = startJointly(inputs.map(startBootstrap))
  while (!jointlyFinished(state)) state = advanceJointly(state, slice)
  return { groups: state.groups.map(bands), all: jointBands(state) }
}

const OTHERS = people([
  [8, 9000],
  [16, 7000],
  [33, 30000],
])

t.test('the combined total is the sum of the groups’ totals in the very same resamples', async (t) => {
  // Fixed: a group's total is its points times Σ cost ÷ Σ points of those drawn, so all is known from the draws.
  let state = seeded(2012)
  const totals = Array.from({ length: 1000 }, () =>
    [TINY, OTHERS].reduce((sum, cases) => {
      const drawn = drawsBelow(state, cases.length, cases.length)
      state = drawn.state
      const rows = [...drawn.draws].flatMap((i) => cases[i] ?? [])
      const [cost, points] = [rows, rows].map((those, i) =>
        those.reduce((all, row) => all + (i === 0 ? row.cost : row.points), 0),
      )
      const own = cases.reduce((all, row) => all + row.points, 0)
      return sum + (own * (cost ?? 0)) / (points ?? 0)
    }, 0),
  ).sort((a, b) => a - b)
  const percentile = (share: number) => {
    const place = 999 * share
    const [low = 0, high = 0] = totals.slice(Math.floor(place))
    return ((low + (place % 1) * (high - low)) / 100).toFixed(2)
  }
  t.strictSame(jointly([input(TINY), input(OTHERS)]).all, {
    level: 0.95,
    seed: 2012,
    resamples: 1000,
    done: 1000,
    resampledWithin: 'groups',
    total: { estimate: '112000.00', lower: percentile(0.025), upper: percentile(0.975) },
    failed: 0,
    failures: [],
    warnings: [],
  })
})

t.test(
  'one group alone has the bands that it has by itself, and its total is the combined one',
  async (t) => {
    const given = input(cohort(3, 60), { level: 0.9 })
    const { groups, all } = jointly([given], 170)
    const alone = bootstrap(given)
    t.strictSame(groups, [alone])
    t.strictSame(all.total, alone.total)
    t.equal(all.level, 0.9)
  },
)

t.test('the same bytes however it is sliced, and a state is not changed by going on from it', async (t) => {
  const inputs = [input(cohort(1, 40)), input(cohort(2, 25), { request: line })]
  const whole = jointly(inputs)
  t.strictSame(jointly(inputs, 37), whole)
  const start = startJointly(inputs.map(startBootstrap))
  t.strictSame(jointBands(advanceJointly(start, 300)), jointBands(advanceJointly(start, 300)))
  t.match(jointBands(start), { done: 0, total: { lower: null, upper: null } })
})

t.test('groups of equal people are drawn independently: their errors cancel out in part', async (t) => {
  const given = input(cohort(5, 60))
  const { groups, all } = jointly([given, given])
  const width = (band: { readonly lower: string | null; readonly upper: string | null }) =>
    Number(band.upper) - Number(band.lower)
  const [own] = groups
  if (own === undefined) throw new Error('there are two groups')
  // Together √2 times as wide, where draws that went alike would make it twice as wide.
  t.ok(width(all.total) > 1.25 * width(own.total) && width(all.total) < 1.6 * width(own.total))
})

t.test('a resample that one group refuses has no combined total, and is counted once', async (t) => {
  const weak = people([
    [10, 5000],
    [20, 4000],
    [30, 6000],
    [40, 4500],
    [50, 6500],
  ])
  const request = line
  const { groups, all } = jointly([input(weak, { request }), input(weak, { request })])
  const [first, second] = groups
  if (first === undefined || second === undefined) throw new Error('there are two groups')
  t.equal(all.done, 1000)
  t.ok(all.failed > Math.max(first.failed, second.failed))
  t.ok(all.failed < first.failed + second.failed)
  t.equal(
    all.failures.reduce((sum, { count }) => sum + count, 0),
    all.failed,
  )
  t.match(all.warnings, [{ code: 'resamples-failed' }])
})

t.test('without a group there is nothing to draw', async (t) => {
  const none = startJointly([])
  t.ok(jointlyFinished(none))
  t.strictSame(advanceJointly(none, 5), none)
})
