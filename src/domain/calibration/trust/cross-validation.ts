// How well a method says what people cost whom it has not seen: calibrated on four fifths, asked about the last, ten
// times over. A method that only repeats its own cohort looks good in-sample and is found out here.
import type { CrossValidation } from '../../../contract/calibration/trust.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { entryAt, figureText } from '../../number/double.ts'
import { seeded, shuffled } from '../../number/random.ts'
import type { Curve } from '../methods/fitted-curve.ts'
import type { Sample } from '../methods/sample.ts'
import { addPrediction, measures, noPredictions, type PredictionSums } from './errors-of-prediction.ts'
import {
  amountsAt,
  countFailures,
  fewCases,
  fitEveryone,
  fitSample,
  type Refitting,
  refitting,
  refusal,
  type TrustInput,
} from './refitting.ts'
import { sampleOf } from './sample.ts'

export type CrossValidationInput = TrustInput & {
  readonly seed: number
  /** 10 unless stated. */
  readonly repeats?: number
  /** 5 unless stated. */
  readonly folds?: number
}

type Pair = { readonly method: PredictionSums; readonly mean: PredictionSums }

/** One curve's people with what was predicted of them so far. */
type Part = {
  readonly calibration: Refitting
  readonly all: Pair
  readonly groups: ReadonlyMap<string, Pair>
  readonly failed: CalibrationFaultCode[]
}

/** Each curve's own figures, in the order given, and those of all people together, each by the own group's curve. */
export type JointValidation = { readonly parts: readonly CrossValidation[]; readonly whole: CrossValidation }

type Times = { readonly seed: number; readonly repeats?: number; readonly folds?: number }

/**
 * Repeated cross-validation. Current costs are restated by the target's share of current spend, so that a saving or an
 * uplift asked for does not count as error. Adjustments of a table are no part of it: what a curve says is set against
 * what people cost in the same prices.
 */
export function crossValidate({ seed, repeats, folds, ...input }: CrossValidationInput): CrossValidation {
  const times = {
    seed,
    ...(repeats === undefined ? {} : { repeats }),
    ...(folds === undefined ? {} : { folds }),
  }
  return crossValidateJointly([input], times).whole
}

/**
 * Several curves at once, one a group: each group is cut into folds of its own, and the curve of a fold comes from the
 * rest of the group. A group of fewer people than folds has each of them left out alone.
 */
export function crossValidateJointly(
  inputs: readonly TrustInput[],
  { seed, repeats = 10, folds = 5 }: Times,
): JointValidation {
  const cases = inputs.flatMap((input) => input.cases)
  checkParameters(cases.length, repeats, folds)
  const calibrations = inputs.map(readied)
  const whole = pairAround(restatedMean(calibrations))
  const parts = calibrations.map(emptyPart)
  let random = seeded(seed)
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const part of parts) {
      const shuffle = shuffled(random, part.calibration.sorted.cases.length)
      random = shuffle.state
      for (let fold = 0; fold < folds; fold += 1) validateFold(part, whole, shuffle.draws, fold, folds)
    }
  }
  const times = { repeats, folds, seed }
  return {
    parts: parts.map((part) => ({ ...times, ...figuresOf([part], part.all) })),
    whole: { ...times, ...figuresOf(parts, whole) },
  }
}

function readied(input: TrustInput): Refitting {
  const ready = refitting(input)
  fitEveryone(ready)
  return ready
}

// Every `folds`-th of the shuffled people is left out, from the fold's own number on.
function validateFold(part: Part, whole: Pair, order: Uint32Array, fold: number, folds: number): void {
  const { calibration, failed } = part
  const left = order.filter((_, i) => i % folds === fold).sort()
  if (left.length === 0) return
  const training = order.filter((_, i) => i % folds !== fold)
  const sample = sampleOf(calibration.sorted, training)
  const result = fitSample(calibration, sample)
  if ('refused' in result) failed.push(result.refused)
  else predict(part, whole, result.curve, sample, left)
}

function predict(
  part: Part,
  whole: Pair,
  curve: Curve<number>,
  sample: Sample<number>,
  left: Uint32Array,
): void {
  const { sorted, costScale } = part.calibration
  const mean = (costScale * sample.totalSpend) / sample.totalWeight
  const points = Float64Array.from(left, (row) => entryAt(sorted.points, row))
  const predicted = amountsAt(curve, points)
  left.forEach((row, i) => {
    const cost = costScale * entryAt(sorted.cost, row)
    const weight = entryAt(sorted.weight, row)
    const group = part.groups.get(sorted.cases[row]?.userGroup as string) as Pair
    for (const pair of [whole, part.all, group]) {
      addPrediction(pair.method, entryAt(predicted, i), cost, weight)
      addPrediction(pair.mean, mean, cost, weight)
    }
  })
}

function emptyPart(calibration: Refitting): Part {
  const centre = restatedMean([calibration])
  const groups = [...new Set(calibration.input.cases.map(({ userGroup }) => userGroup))].sort()
  return {
    calibration,
    all: pairAround(centre),
    groups: new Map(groups.map((group) => [group, pairAround(centre)])),
    failed: [],
  }
}

function pairAround(centre: number): Pair {
  return { method: noPredictions(centre), mean: noPredictions(centre) }
}

function restatedMean(calibrations: readonly Refitting[]): number {
  return restatedSpend(calibrations) / sumOf(calibrations, ({ everyone }) => everyone.totalWeight)
}

function restatedSpend(calibrations: readonly Refitting[]): number {
  return sumOf(calibrations, ({ costScale, everyone }) => costScale * everyone.totalSpend)
}

function sumOf(calibrations: readonly Refitting[], of: (calibration: Refitting) => number): number {
  return calibrations.reduce((sum, calibration) => sum + of(calibration), 0)
}

function figuresOf(parts: readonly Part[], all: Pair): Omit<CrossValidation, 'repeats' | 'folds' | 'seed'> {
  const calibrations = parts.map(({ calibration }) => calibration)
  const failed = parts.flatMap((part) => part.failed)
  return {
    restatedBy: figureText(restatedOf(calibrations), 4),
    ...shown(all),
    byGroup: parts.flatMap(({ groups }) =>
      [...groups].map(([userGroup, pair]) => ({ userGroup, ...shown(pair) })),
    ),
    failed: failed.length,
    failures: countFailures(failed),
    warnings: fewCases(calibrations.flatMap(({ input }) => input.cases)),
  }
}

// One curve's own share as it is: where nothing is spent, there is nothing to divide by.
function restatedOf(calibrations: readonly Refitting[]): number {
  const [first] = calibrations
  if (calibrations.length === 1 && first !== undefined) return first.costScale
  return restatedSpend(calibrations) / sumOf(calibrations, ({ everyone }) => everyone.totalSpend)
}

// The mean's slope is that of the folds' luck, and says nothing.
function shown({ method, mean }: Pair): Pick<CrossValidation, 'method' | 'mean'> {
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
