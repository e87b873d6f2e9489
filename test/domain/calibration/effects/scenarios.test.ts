import { equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Scenario } from '../../../../src/contract/calibration/impact.ts'
import {
  FIRST_YEAR,
  type ScenarioOptions,
  scenarios,
} from '../../../../src/domain/calibration/effects/scenarios.ts'
import {
  monthsOf,
  phaseShare,
  planTransition,
  transitionMonths,
} from '../../../../src/domain/calibration/effects/transition.ts'
import {
  arbCase,
  bnes,
  boundedLineAmounts,
  fixedAmounts,
  percentileAmounts,
  person,
  refusal,
  repeated,
} from './impact-cases.ts'

function thousands(found: readonly Scenario[], figure: 'cost' | 'pressure'): readonly number[] {
  return found.map((scenario) => Math.round(Number(scenario[figure]) / 1000) + 0)
}

t.test('the report of 2012: every scenario of Fixed, in £ thousand', async (t) => {
  const found = scenarios(bnes, fixedAmounts, FIRST_YEAR)
  t.strictSame(thousands(found, 'cost'), [2206, 2059, 1886, 1739, 1566])
  t.strictSame(thousands(found, 'pressure'), [320, 173, 0, -147, -320])
  t.equal(found[0]?.existing, '1885762.00')
})

t.test('the report of 2012: every scenario of Percentile, in £ thousand', async (t) => {
  const found = scenarios(bnes, percentileAmounts, FIRST_YEAR)
  t.strictSame(thousands(found, 'cost'), [2179, 2033, 1861, 1740, 1568])
  t.strictSame(thousands(found, 'pressure'), [293, 148, -25, -146, -318])
})

t.test(
  'the row that the report left open: Incremental, read as a line with a floor and a ceiling',
  async (t) => {
    const found = scenarios(bnes, boundedLineAmounts, FIRST_YEAR)
    t.strictSame(thousands(found, 'cost'), [2384, 2156, 1886, 1657, 1387])
  },
)

t.test('what each scenario does with gains and losses', async (t) => {
  t.strictSame(
    scenarios([], [], FIRST_YEAR).map((one) => [one.scenario, one.gains, one.losses, one.lossShare]),
    [
      ['S1', 'full', 'none', '0'],
      ['S2', 'full', 'phased', '11/24'],
      ['S3', 'full', 'full', '1'],
      ['S4', 'none', 'phased', '11/24'],
      ['S5', 'none', 'full', '1'],
    ],
  )
})

t.test('one person who loses £120 a year, in twelve steps from month 2', async (t) => {
  const [, phased] = scenarios([person({ cost: 24_000 })], [12_000], FIRST_YEAR)
  t.strictSame(phased?.months.slice(0, 3), [
    { month: 1, cost: '20.00', pressure: '0.00' },
    { month: 2, cost: '19.17', pressure: '-0.83' },
    { month: 3, cost: '18.33', pressure: '-1.67' },
  ])
  t.equal(phased?.cost, '185.00')
  t.equal(phased?.closedForm, '185.00')
  t.equal(phased?.roundingDifference, '0.00')
})

t.test('the present amounts may be others than the present costs', async (t) => {
  const [first] = scenarios([person({ cost: 5 })], [1200], { ...FIRST_YEAR, existing: [600] })
  t.equal(first?.existing, '6.00')
  t.equal(first?.pressure, '6.00')
})

t.test('the share of a year that a phased change lets through', async (t) => {
  const share = (steps: number, months: number, firstStepMonth: number) => {
    const { n, d } = phaseShare({ steps, firstStepMonth }, months)
    return `${n}/${d}`
  }
  t.equal(share(12, 12, 2), '11/24', 'month 1 at no reduction')
  t.equal(share(12, 12, 1), '13/24', 'the first step at once')
  t.equal(share(1, 12, 1), '1/1', 'one step at once is the whole')
  t.equal(share(1, 12, 7), '1/2', 'one step in the middle of the year')
  t.equal(share(6, 12, 2), '17/24', 'six steps')
  t.equal(share(12, 24, 2), '35/48', 'over two years')
  t.equal(share(12, 12, 12), '1/144', 'begun in the last month')
  t.equal(share(12, 12, 13), '0/1', 'begun after the year')
  t.strictSame(phaseShare('full', 12), { n: 1n, d: 1n })
  t.equal(phaseShare('none', 12).n, 0n)
})

const arbPace = fc.oneof(
  fc.constantFrom('full' as const, 'none' as const),
  fc.record({ steps: fc.integer({ min: 1, max: 36 }), firstStepMonth: fc.integer({ min: 1, max: 36 }) }),
)
const arbPlan = fc.record({ months: fc.integer({ min: 1, max: 36 }), gains: arbPace, losses: arbPace })

t.test('months are never negative and add up to the whole, rounded once', async (t) => {
  const property = fc.property(fc.nat(1e9), fc.nat(1e9), arbPlan, (current, next, plan) => {
    const months = transitionMonths(current, next, plan)
    equal(months.length, plan.months)
    ok(months.every((month) => Number.isSafeInteger(month) && month >= 0))
    const { n, d } = phaseShare(next > current ? plan.gains : plan.losses, plan.months)
    const exact = (BigInt(current) * d + BigInt(next - current) * n) * BigInt(plan.months)
    equal(BigInt(sum(months)), (exact * 2n + 12n * d) / (24n * d))
  })
  fc.assert(property, { seed: 5, numRuns: 500 })
  t.pass()
})

t.test('the largest amount over the longest plan is still exact', async (t) => {
  const pace = { steps: 120, firstStepMonth: 1 }
  const months = transitionMonths(100_000_000_000, 0, { months: 120, gains: pace, losses: pace })
  t.equal(sum(months), 495_833_333_333)
  const full = { months: 1, gains: 'full', losses: 'full' } as const
  for (const [before, after] of [
    [0, 100_000_000_001],
    [100_000_000_001, 0],
  ] as const)
    t.match(
      refusal(() => transitionMonths(before, after, full)),
      [/^\/amount parameter-out-of-range: .*£1000000000/],
    )
})

for (const [months, steps, firstStepMonth, pointer] of [
  [0, 1, 1, '/transition/months'],
  [121, 1, 1, '/transition/months'],
  [12, 0, 1, '/transition/steps'],
  [12, 1.5, 1, '/transition/steps'],
  [12, 12, 0, '/transition/firstStepMonth'],
] as const)
  t.test(`refuses ${steps} steps from month ${firstStepMonth} over ${months} months`, async (t) => {
    const plan = { months, gains: 'full', losses: { steps, firstStepMonth } } as const
    const [fault = ''] = refusal(() => planTransition(plan))
    t.ok(fault.startsWith(`${pointer} parameter-out-of-range`), fault)
  })

const arbMoves = fc.array(fc.tuple(arbCase, fc.nat(9_000_000)), { maxLength: 20 })
const arbOptions: fc.Arbitrary<ScenarioOptions> = fc.record({
  months: fc.integer({ min: 1, max: 24 }),
  phase: fc.record({
    steps: fc.integer({ min: 1, max: 24 }),
    firstStepMonth: fc.integer({ min: 1, max: 24 }),
  }),
})

t.test('a year from single months agrees with E+U, E+U+φD, E+U+D, E+φD, E+D', async (t) => {
  const property = fc.property(arbMoves, fc.nat(36), (moves, steps) => {
    const cases = moves.map(([one]) => ({ ...one, weight: 10_000 }))
    const amounts = moves.map(([, amount]) => amount)
    const phase = { steps: steps + 1, firstStepMonth: 2 }
    // Written out here from the definition: the average over months 0 to 11 of the steps taken by then.
    const share = sum(Array.from({ length: 12 }, (_, m) => Math.min(m, steps + 1))) / (12 * (steps + 1))
    const changes = cases.map(({ cost }, i) => (amounts[i] ?? 0) - cost)
    const e = sum(cases.map(({ cost }) => cost))
    const u = sum(changes.map((change) => Math.max(change, 0)))
    const d = sum(changes.map((change) => Math.min(change, 0)))
    const found = scenarios(cases, amounts, { months: 12, phase })
    const forms = [e + u, e + u + share * d, e + u + d, e + share * d, e + d]
    for (const [i, form] of forms.entries()) {
      const cost = Math.round(Number(found[i]?.cost) * 100)
      ok(Math.abs(cost - form) <= cases.length / 2 + 1e-6, `${found[i]?.scenario}: ${cost} and ${form}`)
    }
  })
  fc.assert(property, { seed: 6, numRuns: 300 })
  t.pass()
})

t.test('any months and steps agree with the closed form; weights are rows; order is nothing', async (t) => {
  const property = fc.property(arbMoves, arbOptions, (moves, options) => {
    const cases = moves.map(([one]) => one)
    const amounts = moves.map(([, amount]) => amount)
    const found = scenarios(cases, amounts, options)
    const people = sum(cases.map(({ weight }) => weight / 10_000))
    for (const { roundingDifference } of found)
      ok(Math.abs(Number(roundingDifference)) <= people * 0.005 + 0.005)
    const [more, moreAmounts] = repeated(cases, amounts)
    equal(JSON.stringify(scenarios(more, moreAmounts, options)), JSON.stringify(found))
    equal(JSON.stringify(scenarios(cases.toReversed(), amounts.toReversed(), options)), JSON.stringify(found))
  })
  fc.assert(property, { seed: 7, numRuns: 200 })
  t.pass()
})

t.test('a plan worked out once gives what it gives one by one', async (t) => {
  const plan = { months: 12, gains: 'full', losses: { steps: 12, firstStepMonth: 2 } } as const
  t.strictSame(monthsOf(5000, 100, planTransition(plan)), transitionMonths(5000, 100, plan))
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
