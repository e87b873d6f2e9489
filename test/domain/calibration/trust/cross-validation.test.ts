import t from 'tap'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import {
  type CrossValidationInput,
  crossValidate,
  crossValidateJointly,
} from '../../../../src/domain/calibration/trust/cross-validation.ts'
import { inOrder } from '../../../../src/domain/calibration/trust/sample.ts'
import { seeded, shuffled } from '../../../../src/domain/number/random.ts'
import { cohort, fixedInput, people, TINY } from './cohorts.ts'

function input(cases: readonly Case[], rest: Partial<CrossValidationInput> = {}): CrossValidationInput {
  return {
    ...fixedInput(cases),
    ...rest,
  }
}

type Prediction = { readonly row: Case; readonly predicted: number; readonly mean: number }

/** Fixed £ per point by hand: the price of the others, times the points of those left out. */
function byHand(given: readonly Case[], repeats: number, folds: number): readonly Prediction[] {
  return byHandJointly([given], repeats, folds)
}

/** Each group's people from the others of the group; the shuffles of a repeat follow one another. */
function byHandJointly(
  groups: readonly (readonly Case[])[],
  repeats: number,
  folds: number,
): readonly Prediction[] {
  let state = seeded(2012)
  const turns = Array.from({ length: repeats }, () => groups.map(inOrder)).flat()
  return turns.flatMap((cases) => {
    const shuffle = shuffled(state, cases.length)
    state = shuffle.state
    const order = [...shuffle.draws].flatMap((i) => cases[i] ?? [])
    return Array.from({ length: folds }).flatMap((_, fold) => {
      const others = order.filter((_, i) => i % folds !== fold)
      const sum = (of: (row: Case) => number) => others.reduce((all, row) => all + row.weight * of(row), 0)
      const price = sum(({ cost }) => cost) / sum(({ points }) => points)
      const mean = sum(({ cost }) => cost) / sum(() => 1)
      return order
        .filter((_, i) => i % folds === fold)
        .map((row) => ({ row, predicted: price * row.points, mean }))
    })
  })
}

function measured(predictions: readonly Prediction[], of: (one: Prediction) => number) {
  const weight = predictions.reduce((sum, { row }) => sum + row.weight, 0)
  const average = (value: (one: Prediction) => number) =>
    predictions.reduce((sum, one) => sum + one.row.weight * value(one), 0) / weight
  const error = (one: Prediction) => of(one) - one.row.cost
  const within = (share: number) => average((one) => (Math.abs(error(one)) <= share * one.row.cost ? 1 : 0))
  const [x, y] = [average(of), average(({ row }) => row.cost)]
  const slope = average((one) => (of(one) - x) * (one.row.cost - y)) / average((one) => (of(one) - x) ** 2)
  return {
    predictions: predictions.length,
    rootMeanSquare: (Math.sqrt(average((one) => error(one) ** 2)) / 100).toFixed(2),
    meanAbsolute: (average((one) => Math.abs(error(one))) / 100).toFixed(2),
    bias: (average(error) / y).toFixed(4),
    withinTenPercent: within(0.1).toFixed(4),
    withinQuarter: within(0.25).toFixed(4),
    slope: slope.toFixed(4),
  }
}

t.test('a small cohort by hand: every measure, for the method and for the mean', async (t) => {
  for (const weights of [false, true]) {
    const cases = cohort(8, 23, { weights })
    const found = crossValidate(input(cases, { repeats: 3, folds: 4 }))
    const expected = byHand(cases, 3, 4)
    t.strictSame(
      found.method,
      measured(expected, ({ predicted }) => predicted),
    )
    t.strictSame(found.mean, { ...measured(expected, ({ mean }) => mean), slope: null })
    t.equal(found.method.predictions, 69)
    for (const group of found.byGroup) {
      const own = expected.filter(({ row }) => row.userGroup === group.userGroup)
      t.strictSame(
        group.method,
        measured(own, ({ predicted }) => predicted),
      )
    }
    t.match(found, {
      repeats: 3,
      folds: 4,
      seed: 2012,
      restatedBy: '1.0000',
      failed: 0,
      failures: [],
      warnings: [],
    })
  }
})

t.test('several curves: everybody by the own group’s curve, refitted in every fold', async (t) => {
  const cases = cohort(8, 43, { weights: true })
  const groups = [...Map.groupBy(cases, ({ userGroup }) => userGroup)].sort().map(([, own]) => own)
  const { parts, whole } = crossValidateJointly(
    groups.map((own) => input(own)),
    { seed: 2012, repeats: 3, folds: 4 },
  )
  const expected = byHandJointly(groups, 3, 4)
  t.strictSame(
    whole.method,
    measured(expected, ({ predicted }) => predicted),
  )
  t.strictSame(whole.mean, { ...measured(expected, ({ mean }) => mean), slope: null })
  t.equal(whole.method.predictions, 129)
  parts.forEach((part, i) => {
    const own = expected.filter(({ row }) => groups[i]?.includes(row))
    t.strictSame(
      part.method,
      measured(own, ({ predicted }) => predicted),
    )
  })
  t.strictSame(
    whole.byGroup,
    parts.flatMap(({ byGroup }) => byGroup),
  )
  t.match(whole, { repeats: 3, folds: 4, seed: 2012, restatedBy: '1.0000', failed: 0, warnings: [] })
})

t.test('several curves: a saving asked of each group is not counted as error', async (t) => {
  const cases = people([5, 10, 20, 30, 40, 55, 60].map((points) => [points, points * 100]))
  const { n, d } = currentSpend(cases)
  const less = input(cases, { target: { n: n * 9n, d: d * 10n } })
  const { whole } = crossValidateJointly([less, less], { seed: 1 })
  t.match(whole, { repeats: 10, folds: 5, restatedBy: '0.9000', method: { rootMeanSquare: '0.00' } })
})

t.test('several curves: a group of fewer people than folds is left out one by one', async (t) => {
  const pair = people([
    [10, 500],
    [20, 700],
  ])
  const alone = people([[10, 500]])
  const { parts, whole } = crossValidateJointly(
    [TINY, pair, alone].map((cases) => input(cases)),
    { seed: 1, repeats: 2 },
  )
  t.match(parts[1], { method: { predictions: 4 }, failed: 0, warnings: [{ code: 'few-cases' }] })
  t.match(parts[2], { method: { predictions: 0, meanAbsolute: null }, failed: 2 })
  t.match(parts[2], { failures: [{ code: 'cohort-empty', count: 2 }] })
  t.match(whole, { method: { predictions: 16 }, failed: 2 })
  t.notMatch(JSON.stringify([parts, whole]), /NaN|Infinity/)
})

t.test('ten times over five folds unless said, everyone predicted once in each', async (t) => {
  const found = crossValidate(input(TINY))
  t.match(found, { repeats: 10, folds: 5, method: { predictions: 60 }, warnings: [{ code: 'few-cases' }] })
})

t.test('the same seed gives the same bytes, in whatever order the rows stand', async (t) => {
  const cases = cohort(2, 50, { step: 500 })
  const order = [...shuffled(seeded(1), 50).draws].flatMap((i) => cases[i] ?? [])
  const whole = JSON.stringify(crossValidate(input(cases)))
  t.equal(JSON.stringify(crossValidate(input(order))), whole)
  t.not(JSON.stringify(crossValidate(input(cases, { seed: 1 }))), whole)
})

t.test(
  'where cost is exactly so much a point, the fixed price makes no error and the mean does',
  async (t) => {
    const cases = people([5, 10, 20, 30, 40, 55, 60].map((points) => [points, points * 100]))
    const { method, mean } = crossValidate(input(cases))
    t.match(method, { rootMeanSquare: '0.00', bias: '0.0000', withinTenPercent: '1.0000', slope: '1.0000' })
    t.not(mean.rootMeanSquare, '0.00')
  },
)

t.test('a saving that was asked for is not counted as error', async (t) => {
  const cases = people([5, 10, 20, 30, 40, 55, 60].map((points) => [points, points * 100]))
  const { n, d } = currentSpend(cases)
  const found = crossValidate(input(cases, { target: { n: n * 9n, d: d * 10n } }))
  t.match(found, { restatedBy: '0.9000', method: { rootMeanSquare: '0.00' } })
  const asItIs = { request: { method: 'percentile' }, neutral: false } as const
  t.equal(crossValidate(input(cases, { ...asItIs, target: { n: n * 9n, d: d * 10n } })).restatedBy, '1.0000')
})

t.test('folds that the method refuses are counted, and nobody in them is predicted', async (t) => {
  const cases = people([
    [10, 5000],
    [20, 4000],
    [30, 6000],
    [40, 4500],
    [50, 6500],
  ])
  const request: MethodRequest = { method: 'line' }
  const { failed, failures, method, mean } = crossValidate(input(cases, { request, folds: 2 }))
  t.ok(failed > 0)
  t.match(failures, [{ code: 'slope-not-positive', count: failed }])
  t.ok(method.predictions < 50 && method.predictions > 0)
  t.equal(mean.predictions, method.predictions)
})

t.test(
  'where no fold can be fitted, and where nothing costs anything, there are no figures and no NaN',
  async (t) => {
    const pair = people([
      [10, 500],
      [20, 700],
    ])
    const line: MethodRequest = { method: 'line' }
    const none = crossValidate(input(pair, { request: line, folds: 2 }))
    t.match(none, {
      failed: 20,
      method: { predictions: 0, rootMeanSquare: null, meanAbsolute: null, bias: null, slope: null },
      failures: [{ code: 'points-all-equal', count: 20 }],
    })
    const unpaid = people([10, 20, 30, 40, 50].map((points) => [points, 0]))
    const stated = { target: { n: 1000n, d: 1n }, targetFollows: 'weight' } as const
    const found = crossValidate(input(unpaid, stated))
    t.match(found, { restatedBy: '1.0000', method: { bias: null, withinTenPercent: '0.0000' } })
    t.match(found.mean, { rootMeanSquare: '0.00', withinTenPercent: '1.0000' })
  },
)

t.test('predictions that are all alike have no slope', async (t) => {
  const tied = people([
    [10, 500],
    [10, 700],
    [10, 600],
  ])
  const cap = { cap: 10_000, surplus: 'redistribute' } as const
  t.match(crossValidate(input(tied, { folds: 3, ...cap })).method, { slope: null })
})

t.test('what cannot be asked for is refused by name', async (t) => {
  const wrong: readonly (readonly [Partial<CrossValidationInput>, string, string])[] = [
    [{ repeats: 0 }, 'parameter-out-of-range', '/repeats'],
    [{ repeats: 101 }, 'parameter-out-of-range', '/repeats'],
    [{ repeats: 1.5 }, 'parameter-out-of-range', '/repeats'],
    [{ folds: 1 }, 'parameter-out-of-range', '/folds'],
    [{ folds: 21 }, 'parameter-out-of-range', '/folds'],
    [{ folds: Number.NaN }, 'parameter-out-of-range', '/folds'],
    [{ folds: 7 }, 'cohort-too-small', '/folds'],
  ]
  for (const [rest, code, pointer] of wrong) {
    t.throws(() => crossValidate(input(TINY, rest)), {
      code: 'calibration-impossible',
      faults: [{ code, pointer }],
    })
  }
  for (const size of [1, 2, 3]) {
    t.throws(() => crossValidate(input(cohort(1, size))), {
      code: 'calibration-impossible',
      faults: [{ code: 'cohort-too-small' }],
    })
  }
  const falling = people([50, 40, 30, 20, 10].map((points, i) => [points, 100 + i]))
  const request: MethodRequest = { method: 'line' }
  t.throws(() => crossValidate(input(falling, { request })), {
    code: 'calibration-impossible',
    faults: [{ code: 'slope-not-positive' }],
  })
})
