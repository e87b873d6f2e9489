// What each reading of Incremental refuses, and by which name.
import t from 'tap'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { fraction } from '../../../../src/domain/number/fraction.ts'
import { cohort, input, refusalOf, tiny } from './method-cohorts.ts'

const LINE = { method: 'line' } as const
const RISING = { method: 'rising-price' } as const
const BOUNDED = { method: 'bounded-line' } as const

const refusals: readonly {
  readonly why: string
  readonly cases?: typeof tiny
  readonly options: MethodRequest
  readonly code: string
}[] = [
  { why: 'one person', cases: cohort([10, 500]), options: LINE, code: 'points-all-equal at /m' },
  { why: 'all tied', cases: cohort([9, 1], [9, 2]), options: LINE, code: 'points-all-equal at /m' },
  {
    why: 'one points value and 0',
    cases: cohort([0, 1], [9, 2]),
    options: RISING,
    code: 'points-all-equal at /m',
  },
  {
    why: 'all cost the same',
    cases: cohort([5, 10], [9, 10]),
    options: LINE,
    code: 'slope-not-positive at /m',
  },
  {
    why: 'more points cost less',
    cases: cohort([5, 20], [9, 10]),
    options: LINE,
    code: 'slope-not-positive at /m',
  },
  {
    why: 'more points cost less',
    cases: cohort([5, 20], [9, 10]),
    options: BOUNDED,
    code: 'slope-not-positive at /m',
  },
  {
    why: 'more points cost less',
    cases: cohort([10, 300], [20, 200], [30, 100]),
    options: RISING,
    code: 'slope-not-positive at /m',
  },
  {
    why: 'all cost the same',
    cases: cohort([5, 10], [9, 10]),
    options: RISING,
    code: 'slope-not-positive at /m',
  },
  {
    why: 'three people',
    cases: cohort([1, 10], [2, 20], [3, 30]),
    options: BOUNDED,
    code: 'cohort-too-small at /m',
  },
  {
    why: 'each point costs the same, so that no floor is below a ceiling',
    cases: cohort([1, 10], [2, 20], [3, 30], [4, 40], [5, 50]),
    options: BOUNDED,
    code: 'curve-not-rising at /m',
  },
  {
    why: 'a line is given, but nobody costs anything to fit prices to',
    cases: cohort([1, 0], [2, 0], [3, 0], [4, 0]),
    options: { ...BOUNDED, line: { slope: '1', intercept: '0' } },
    code: 'curve-not-rising at /m',
  },
  {
    why: 'a floor below £0',
    options: { ...LINE, floor: { kind: 'amount', amountAnnual: '-1' } },
    code: 'parameter-out-of-range at /m/floor',
  },
  {
    why: 'a floor price below £0',
    options: { ...LINE, floor: { kind: 'price', pricePerPoint: '-0.5' } },
    code: 'parameter-out-of-range at /m/floor',
  },
  {
    why: 'a floor price below £0',
    options: { ...BOUNDED, floorPrice: '-0.01' },
    code: 'parameter-out-of-range at /m/floorPrice',
  },
  {
    why: 'a ceiling at the floor',
    options: { ...BOUNDED, floorPrice: '5', ceilingPrice: '5.00' },
    code: 'bounds-crossed at /m/ceilingPrice',
  },
  {
    why: 'a ceiling of £0',
    options: { ...BOUNDED, ceilingPrice: '0' },
    code: 'bounds-crossed at /m/ceilingPrice',
  },
  {
    why: 'a line that is level',
    options: { ...BOUNDED, line: { slope: '0', intercept: '5' } },
    code: 'slope-not-positive at /m/line/slope',
  },
]

for (const { why, cases = tiny, options, code } of refusals) {
  t.test(`${options.method} refuses ${why}: ${code}`, async (t) => {
    const asked = input(cases, { pointer: '/m', target: fraction(100_000n) })
    t.equal(
      refusalOf(() => fit(options, asked)),
      code,
    )
  })
}
