// Sums over predictions of what people cost, and the measures read from them. Weighted, in pence until they are shown.
import type { PredictionError } from '../../../contract/calibration/trust.ts'
import { poundsText, ratioText } from '../../number/double.ts'

export type PredictionSums = {
  count: number
  weight: number
  cost: number
  error: number
  absolute: number
  square: number
  withinTen: number
  withinQuarter: number
  /** Deviations from `centre`, so that sums of squares lose nothing. */
  predicted: number
  predictedSquare: number
  product: number
  lowest: number
  highest: number
  readonly centre: number
}

/** No predictions yet; `centre` is any amount near the predictions. */
export function noPredictions(centre: number): PredictionSums {
  return {
    count: 0,
    weight: 0,
    cost: 0,
    error: 0,
    absolute: 0,
    square: 0,
    withinTen: 0,
    withinQuarter: 0,
    predicted: 0,
    predictedSquare: 0,
    product: 0,
    lowest: Number.POSITIVE_INFINITY,
    highest: Number.NEGATIVE_INFINITY,
    centre,
  }
}

/** Counts one prediction in. */
export function addPrediction(sums: PredictionSums, predicted: number, cost: number, weight: number): void {
  const error = predicted - cost
  const size = Math.abs(error)
  const deviation = predicted - sums.centre
  sums.count += 1
  sums.weight += weight
  sums.cost += weight * cost
  sums.error += weight * error
  sums.absolute += weight * size
  sums.square += weight * error * error
  if (size <= 0.1 * cost) sums.withinTen += weight
  if (size <= 0.25 * cost) sums.withinQuarter += weight
  sums.predicted += weight * deviation
  sums.predictedSquare += weight * deviation * deviation
  sums.product += weight * deviation * (cost - sums.centre)
  sums.lowest = Math.min(sums.lowest, predicted)
  sums.highest = Math.max(sums.highest, predicted)
}

export function measures(sums: PredictionSums): PredictionError {
  const { weight } = sums
  const some = weight > 0
  return {
    predictions: sums.count,
    rootMeanSquare: some ? poundsText(Math.sqrt(sums.square / weight)) : null,
    meanAbsolute: some ? poundsText(sums.absolute / weight) : null,
    bias: ratioText(sums.error, sums.cost),
    withinTenPercent: ratioText(sums.withinTen, weight),
    withinQuarter: ratioText(sums.withinQuarter, weight),
    slope: slopeOf(sums),
  }
}

// Predictions that are all the same but for a rounding of doubles have no slope.
function slopeOf(sums: PredictionSums): string | null {
  if (!(sums.highest - sums.lowest > 1e-9 * sums.highest)) return null
  const { weight, predicted } = sums
  const costs = sums.cost - sums.centre * weight
  const covariance = sums.product - (predicted * costs) / weight
  return ratioText(covariance, sums.predictedSquare - (predicted * predicted) / weight)
}
