// The fast methods against the exact ones: the same knots, the same amounts, the same refusals.
import t from 'tap'
import type { Refusal } from '../../../../src/contract/refusal.ts'
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import type { Bounds } from '../../../../src/domain/calibration/methods/method-input.ts'
import { fit, type MethodRequest } from '../../../../src/domain/calibration/methods/methods.ts'
import { quickFit } from '../../../../src/domain/calibration/trust/quick-fit.ts'
import type { QuickResult } from '../../../../src/domain/calibration/trust/quick-formula.ts'
import { sortedCases, wholeSample } from '../../../../src/domain/calibration/trust/sample.ts'
import { fractionDouble } from '../../../../src/domain/number/double.ts'
import { cohort, people, person, repeated, TINY } from './cohorts.ts'

const SCALE = 12_000
const line = { slope: '700', intercept: '-3000' }
const REQUESTS: readonly MethodRequest[] = [
  { method: 'fixed' },
  { method: 'isotonic' },
  { method: 'percentile' },
  { method: 'percentile', mode: 'excel' },
  { method: 'percentile', mode: 'mid-rank' },
  { method: 'percentile', mode: 'percent-table' },
  { method: 'percentile', mode: 'percent-table', step: 2 },
  { method: 'line' },
  { method: 'line', neutralise: 'shift' },
  { method: 'line', floor: { kind: 'amount', amountAnnual: '1500.00' } },
  { method: 'line', floor: { kind: 'price', pricePerPoint: '250.5' }, neutralise: 'shift' },
  { method: 'rising-price' },
  { method: 'bounded-line' },
  { method: 'bounded-line', line },
  { method: 'bounded-line', floorPrice: '100', ceilingPrice: '650' },
  { method: 'bounded-line', line, floorPrice: '100', ceilingPrice: '650' },
]

type Aim = Bounds & { readonly neutral: boolean }
const AIMS: readonly Aim[] = [
  { surplus: 'drop', neutral: true },
  { surplus: 'drop', neutral: false },
  { surplus: 'redistribute', neutral: true, cap: 3_000_000, floor: 100_000 },
  { surplus: 'contingency', neutral: true, cap: 2_000_000 },
  { surplus: 'redistribute', neutral: true, cap: 100_000 },
  { surplus: 'drop', neutral: true, floor: 5_000_000 },
]

function quick(request: MethodRequest, cases: readonly Case[], aim: Aim): QuickResult {
  const target = fractionDouble(currentSpend(cases)) * 10_000
  const bounds = { scaleMaximum: SCALE, ...aim }
  return quickFit(request, { sample: wholeSample(sortedCases(cases)), target, bounds })
}

function exactly(request: MethodRequest, cases: readonly Case[], aim: Aim) {
  try {
    return fit(request, { cases, scaleMaximum: SCALE, target: currentSpend(cases), ...aim })
  } catch (error) {
    return (error as Refusal).faults[0]?.code
  }
}

/** The largest relative difference of an amount; infinite where the knots are not the same. */
function difference(result: QuickResult, exact: ReturnType<typeof exactly>): number {
  if (!result.fitted || exact === undefined || typeof exact === 'string')
    return !result.fitted && result.code === exact ? 0 : Number.POSITIVE_INFINITY
  const { points, amounts } = result.curve
  const { knots } = exact.curve
  if (knots.length !== points.length) return Number.POSITIVE_INFINITY
  const gaps = knots.map((knot, i) => {
    const [amount, other] = [fractionDouble(knot.amount), amounts[i] ?? Number.NaN]
    return knot.points === points[i]
      ? Math.abs(amount - other) / Math.max(1, amount)
      : Number.POSITIVE_INFINITY
  })
  return gaps.every((gap) => gap >= 0) ? Math.max(...gaps) : Number.POSITIVE_INFINITY
}

const SIZES = [
  [1, 50],
  [2, 50],
  [3, 50],
  [5, 50],
  [20, 500],
  [134, 100],
  [1300, 1],
] as const

for (const [size, step] of SIZES) {
  t.test(`${size} people: every method is its exact namesake to a millionth`, async (t) => {
    for (const weights of [false, true]) {
      const cases = cohort(size * 3 + 1, size, { step, weights })
      for (const request of REQUESTS) {
        for (const aim of size > 1000 ? AIMS.slice(1, 3) : AIMS) {
          const gap = difference(quick(request, cases, aim), exactly(request, cases, aim))
          if (gap < 1e-6) continue
          t.fail(`${gap} for ${JSON.stringify({ weights, request, aim })}`)
        }
      }
    }
    t.pass()
  })
}

t.test('cohorts that are hard on a method are refused, or fitted, as the exact method does', async (t) => {
  const costly = (points: number, i: number): [number, number] => [points, 1000 + i]
  const hard = {
    tied: people([10, 10, 10, 10].map(costly)),
    equalCosts: people([10, 20, 30, 40, 55].map((points) => [points, 700])),
    falling: people([50, 40, 30, 20, 10].map(costly)),
    unpaid: people([10, 20, 30].map((points) => [points, 0])),
    unscored: people([0, 0].map(costly)),
    someUnscored: people([0, 0, 5, 10, 20, 35, 60].map(costly)),
    atTheTop: people([60, 90, 120].map(costly)),
    convex: people([1, 2, 5, 10, 20, 40, 60].map((points) => [points, points ** 3])),
    concave: people(
      [1, 2, 5, 10, 20, 40, 60].map((points) => [points, Math.round(1000 * Math.sqrt(points))]),
    ),
    straight: people([10, 20, 30, 40, 50].map((points) => [points, points * 100 + 300])),
    negativeStart: people([10, 20, 30, 40, 50].map((points) => [points, points * 100 - 900])),
    freeAtFirst: people([
      [5, 0],
      [10, 0],
      [20, 500],
      [40, 1500],
      [80, 9000],
    ]),
    outlier: people([...[5, 10, 15, 20, 25].map(costly), [26, 900_000]]),
    tiny: TINY,
  }
  for (const [name, cases] of Object.entries(hard)) {
    for (const request of REQUESTS) {
      for (const aim of AIMS) {
        const gap = difference(quick(request, cases, aim), exactly(request, cases, aim))
        t.ok(gap < 1e-6, `${gap} for ${JSON.stringify({ name, request, aim })}`)
      }
    }
  }
})

t.test('weights are repeated rows', async (t) => {
  const cases = cohort(11, 40, { step: 500 }).map((row, i) => ({ ...row, weight: ((i % 3) + 1) * 10_000 }))
  const aim: Aim = { surplus: 'drop', neutral: true }
  for (const request of REQUESTS) {
    const [once, often] = [quick(request, cases, aim), quick(request, repeated(cases), aim)]
    t.ok(once.fitted && often.fitted, request.method)
    if (!once.fitted || !often.fitted) continue
    t.strictSame(once.curve.points, often.curve.points)
    once.curve.amounts.forEach((amount, i) => {
      const gap = Math.abs(amount - (often.curve.amounts[i] ?? 0))
      if (gap > 1e-9 * Math.max(1, amount)) t.fail(`${gap} at knot ${i} of ${JSON.stringify(request)}`)
    })
  }
})

t.test('more pools than a table has knots for are thinned out alike', async (t) => {
  const cases = Array.from({ length: 1100 }, (_, i) =>
    person(`K${i}`, 100 + 10 * i, 10_000 * i + ((i * 37) % 11)),
  )
  const aim: Aim = { surplus: 'drop', neutral: true }
  const request: MethodRequest = { method: 'isotonic' }
  t.ok(difference(quick(request, cases, aim), exactly(request, cases, aim)) < 1e-6)
})

t.test('a shape of nothing cannot be scaled to a stated sum', async (t) => {
  const cases = people([10, 20, 30].map((points) => [points, 0]))
  const bounds = { scaleMaximum: SCALE, neutral: true, surplus: 'drop' } as const
  const result = quickFit(
    { method: 'percentile' },
    { sample: wholeSample(sortedCases(cases)), target: 1e9, bounds },
  )
  t.strictSame(result, { fitted: false, code: 'budget-unreachable' })
})

t.test('nobody at all is refused by name', async (t) => {
  const input = {
    sample: wholeSample(sortedCases([])),
    target: 1,
    bounds: { scaleMaximum: SCALE, ...AIMS[0] },
  }
  t.strictSame(quickFit({ method: 'fixed' }, input as never), { fitted: false, code: 'cohort-empty' })
})
