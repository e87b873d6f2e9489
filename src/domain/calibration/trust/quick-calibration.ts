// One method made ready for resampling: the cohort sorted, the budget as a share that each sample takes its part of.
// A sample that the method refuses is a finding to be counted, never a number.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { fractionDouble } from '../../number/double.ts'
import type { Case } from '../cohort/case.ts'
import { checkedGroups, type MethodInput } from '../methods/method-input.ts'
import type { MethodRequest } from '../methods/methods.ts'
import type { QuickCurve } from './quick-curve.ts'
import { quickFit } from './quick-fit.ts'
import type { QuickResult } from './quick-formula.ts'
import { type Sample, type SortedCases, sampleOf, sortedCases, wholeSample } from './sample.ts'

/**
 * What to calibrate, as the methods take it. `targetFollows` says what a part of the cohort is to cost: the same share
 * of its own current spend as the target is of everyone's, or, where the sum is stated, its share by weight.
 */
export type TrustInput = MethodInput & {
  readonly request: MethodRequest
  readonly targetFollows: 'spend' | 'weight'
}

export type QuickCalibration = {
  readonly input: TrustInput
  readonly sorted: SortedCases
  readonly everyone: Sample
  /** Everyone's target, in pence × ten-thousandths. */
  readonly target: number
  /** What a pound of current cost comes to at the target; 1 where the method does not seek the target. */
  readonly restated: number
}

/** Refuses what no method can work with, before anything is drawn. */
export function quickCalibration(input: TrustInput): QuickCalibration {
  checkedGroups(input)
  const sorted = sortedCases(input.cases)
  const everyone = wholeSample(sorted)
  const target = fractionDouble(input.target) * 10_000
  const sought = input.neutral || input.request.method === 'fixed'
  return {
    input,
    sorted,
    everyone,
    target,
    restated: sought && everyone.spend > 0 ? target / everyone.spend : 1,
  }
}

/** The curve that the method finds from these rows of the sorted cohort alone. */
export function fitRows(calibration: QuickCalibration, rows: Uint32Array): QuickResult {
  return fitSample(calibration, sampleOf(calibration.sorted, rows))
}

export function fitSample({ input, everyone, target }: QuickCalibration, sample: Sample): QuickResult {
  const share =
    input.targetFollows === 'spend' ? sample.spend / everyone.spend : sample.weight / everyone.weight
  return quickFit(input.request, { sample, target: target * share, bounds: input })
}

/** The curve of the whole cohort; refuses where the method does. */
export function fitEveryone(calibration: QuickCalibration): QuickCurve {
  const result = fitSample(calibration, calibration.everyone)
  if (result.fitted) return result.curve
  throw refusal(
    `${calibration.input.pointer ?? ''}`,
    result.code,
    'The method cannot be fitted to this cohort, so there is nothing to resample.',
  )
}

export function refusal(pointer: string, code: CalibrationFaultCode, detail: string): Refusal {
  return new Refusal('calibration-impossible', detail, { faults: [{ pointer, code, detail }] })
}

/** How often each reason stood in the way, by code. */
export type Failures = readonly { readonly code: CalibrationFaultCode; readonly count: number }[]

export function countFailures(codes: readonly CalibrationFaultCode[]): Failures {
  return [...new Set(codes)]
    .sort()
    .map((code) => ({ code, count: codes.filter((other) => other === code).length }))
}

/** Fewer people than this make wide steps and luck: said, not refused. */
const FEW = 20

export function fewCases(cases: readonly Case[]): readonly { code: string; detail: string }[] {
  if (cases.length >= FEW) return []
  const detail = `Only ${cases.length} cases: one person can set a figure, and resampling them shows less doubt than there is.`
  return [{ code: 'few-cases', detail }]
}
