// How well a method says what people cost whom it has not seen: calibrated on four fifths, asked about the last, ten
// times over. A method that only repeats its own cohort looks good in-sample and is found out here.
import type { CalibrationFaultCode } from '../errors.ts'
import type { Warning } from './fitted-curve.ts'
import { seeded, shuffled } from './random.ts'
import { at, figureText } from './resampling/double.ts'
import {
  addPrediction,
  measures,
  noPredictions,
  type PredictionError,
  type PredictionSums,
} from './resampling/errors-of-prediction.ts'
import {
  countFailures,
  type Failures,
  fewCases,
  fitEveryone,
  fitSample,
  type QuickCalibration,
  quickCalibration,
  refusal,
  type TrustInput,
} from './resampling/quick-calibration.ts'
import { amountsAt, type QuickCurve } from './resampling/quick-curve.ts'
import { type Sample, sampleOf } from './resampling/sorted-cases.ts'

export type CrossValidationInput = TrustInput & {
  readonly seed: number
  /** 10 unless stated. */
  readonly repeats?: number
  /** 5 unless stated. */
  readonly folds?: number
}

export type Validated = {
  readonly method: PredictionError
  /** Everyone predicted to cost the mean of the fold's training cases: what a method must beat. */
  readonly mean: PredictionError
}

export type CrossValidation = Validated & {
  readonly repeats: number
  readonly folds: number
  readonly seed: number
  /** What current costs were multiplied by, to be set against predictions. */
  readonly restatedBy: string
  readonly byGroup: readonly (Validated & { readonly userGroup: string })[]
  /** Folds the method could not be fitted to; nobody in them was predicted, by either predictor. */
  readonly failed: number
  readonly failures: Failures
  readonly warnings: readonly Warning[]
}

type Pair = { readonly method: PredictionSums; readonly mean: PredictionSums }
type Tally = { readonly all: Pair; readonly groups: ReadonlyMap<string, Pair> }

/**
 * Repeated cross-validation. Current costs are restated by the target's share of current spend, so that a saving or an
 * uplift asked for does not count as error.
 */
export function crossValidate(input: CrossValidationInput): CrossValidation {
  const { repeats = 10, folds = 5, seed } = input
  checkParameters(input.cases.length, repeats, folds)
  const calibration = quickCalibration(input)
  fitEveryone(calibration)
  const tally = emptyTally(calibration)
  const failed: CalibrationFaultCode[] = []
  let random = seeded(seed)
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const shuffle = shuffled(random, input.cases.length)
    random = shuffle.state
    for (let fold = 0; fold < folds; fold += 1) {
      const code = validateFold(calibration, shuffle.draws, fold, folds, tally)
      if (code !== null) failed.push(code)
    }
  }
  return {
    repeats,
    folds,
    seed,
    restatedBy: figureText(calibration.restated, 4),
    ...shown(tally.all),
    byGroup: [...tally.groups].map(([userGroup, pair]) => ({ userGroup, ...shown(pair) })),
    failed: failed.length,
    failures: countFailures(failed),
    warnings: fewCases(input.cases),
  }
}

// Every `folds`-th of the shuffled people is left out, from the fold's own number on.
function validateFold(
  calibration: QuickCalibration,
  order: Uint32Array,
  fold: number,
  folds: number,
  tally: Tally,
): CalibrationFaultCode | null {
  const left = order.filter((_, i) => i % folds === fold).sort()
  const training = order.filter((_, i) => i % folds !== fold)
  const sample = sampleOf(calibration.sorted, training)
  const result = fitSample(calibration, sample)
  if (!result.fitted) return result.code
  predict(calibration, result.curve, sample, left, tally)
  return null
}

function predict(
  { sorted, restated }: QuickCalibration,
  curve: QuickCurve,
  sample: Sample,
  left: Uint32Array,
  tally: Tally,
): void {
  const mean = (restated * sample.spend) / sample.weight
  const points = Float64Array.from(left, (row) => at(sorted.points, row))
  const predicted = amountsAt(curve, points)
  left.forEach((row, i) => {
    const cost = restated * at(sorted.cost, row)
    const weight = at(sorted.weight, row)
    const group = tally.groups.get(sorted.cases[row]?.userGroup as string) as Pair
    for (const pair of [tally.all, group]) {
      addPrediction(pair.method, at(predicted, i), cost, weight)
      addPrediction(pair.mean, mean, cost, weight)
    }
  })
}

function emptyTally({ input, everyone, restated }: QuickCalibration): Tally {
  const centre = (restated * everyone.spend) / everyone.weight
  const pair = (): Pair => ({ method: noPredictions(centre), mean: noPredictions(centre) })
  const groups = [...new Set(input.cases.map(({ userGroup }) => userGroup))].sort()
  return { all: pair(), groups: new Map(groups.map((group) => [group, pair()])) }
}

// The mean's slope is that of the folds' luck, and says nothing.
function shown({ method, mean }: Pair): Validated {
  return { method: measures(method), mean: { ...measures(mean), slope: null } }
}

function checkParameters(cases: number, repeats: number, folds: number): void {
  if (!Number.isSafeInteger(repeats) || repeats < 1 || repeats > 100)
    throw refusal(
      '/repeats',
      'parameter-out-of-range',
      `Found ${repeats}; expected a whole number from 1 to 100.`,
    )
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > 20)
    throw refusal('/folds', 'parameter-out-of-range', `Found ${folds}; expected a whole number from 2 to 20.`)
  if (cases < folds)
    throw refusal(
      '/folds',
      'cohort-too-small',
      `Found ${cases} cases; ${folds} folds need at least ${folds}. Add cases, or ask for fewer folds.`,
    )
}
