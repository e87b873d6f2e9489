// One method made ready to be fitted again to parts and resamples of a cohort, in doubles: the cohort sorted, the budget
// as a share that each sample takes its part of. A sample that the method refuses is a finding to be counted, never a
// number.
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Bands } from '../../../contract/calibration/trust.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { DOUBLES } from '../../number/arithmetic.ts'
import { fractionDouble } from '../../number/double.ts'
import type { Case } from '../cohort/case.ts'
import type { Curve } from '../methods/fitted-curve.ts'
import { amountAt, curveTotal, masses } from '../methods/knots.ts'
import { checkBounds, type MethodInput } from '../methods/method-input.ts'
import { checkMethod, methodsIn, type ShapeFitted } from '../methods/methods.ts'
import type { Sample } from '../methods/sample.ts'
import type { Refused } from '../methods/shape.ts'
import { type SortedCases, sampleOf, sortedCases, wholeSample } from './sample.ts'

const inDoubles = methodsIn(DOUBLES)

/**
 * What to calibrate, as the methods take it. `targetFollows` says what a part of the cohort is to cost: the same share
 * of its own current spend as the target is of everyone's, or, where the sum is stated, its share by weight.
 */
export type TrustInput = MethodInput & {
  readonly request: MethodRequest
  readonly targetFollows: 'spend' | 'weight'
}

export type Refitting = {
  readonly input: TrustInput
  readonly sorted: SortedCases
  readonly everyone: Sample<number>
  /** Everyone's target, in pence × ten-thousandths. */
  readonly target: number
  /** What a pound of current cost comes to at the target; 1 where the method does not seek the target. */
  readonly costScale: number
}

/** Refuses what is stated of the method and no cohort could be fitted with. */
export function refitting(input: TrustInput): Refitting {
  checkBounds(input)
  checkMethod(input, input.request)
  const sorted = sortedCases(input.cases)
  const everyone = wholeSample(sorted)
  const target = fractionDouble(input.target) * 10_000
  const sought = input.neutral || input.request.method === 'fixed'
  const costScale = sought && everyone.totalSpend > 0 ? target / everyone.totalSpend : 1
  return { input, sorted, everyone, target, costScale }
}

/** The curve that the method finds from these rows of the sorted cohort alone. */
export function fitRows(ready: Refitting, rows: Uint32Array): ShapeFitted<number> | Refused {
  return fitSample(ready, sampleOf(ready.sorted, rows))
}

/** The same, from a sample; its target is its part of everyone's. */
export function fitSample(
  { input, everyone, target }: Refitting,
  sample: Sample<number>,
): ShapeFitted<number> | Refused {
  const share =
    input.targetFollows === 'spend'
      ? sample.totalSpend / everyone.totalSpend
      : sample.totalWeight / everyone.totalWeight
  const { neutral, scaleMaximum } = input
  return inDoubles.fit(input.request, { sample, target: target * share, neutral, scaleMaximum }, input)
}

/** The curve of the whole cohort; refuses where the method does. */
export function fitEveryone(ready: Refitting): Curve<number> {
  const result = fitSample(ready, ready.everyone)
  if ('refused' in result) throw refusal(`${ready.input.pointer ?? ''}`, result.refused, result.detail)
  return result.curve
}

/** What a curve gives at each of some points, in pence. */
export function amountsAt(curve: Curve<number>, points: Iterable<number>): Float64Array {
  return Float64Array.from(points, (here) => amountAt(DOUBLES, curve, here))
}

/** What a curve gives the whole cohort as it is, in pence. */
export function totalOf({ everyone }: Refitting, curve: Curve<number>): number {
  const knots = curve.knots.map(({ points }) => points)
  return curveTotal(DOUBLES, curve, masses(DOUBLES, everyone, knots)) / 10_000
}

export function refusal(pointer: string, code: CalibrationFaultCode, detail: string): Refusal {
  return new Refusal('calibration-impossible', detail, { faults: [{ pointer, code, detail }] })
}

/** How often each reason stood in the way, by code. */
export function countFailures(codes: readonly CalibrationFaultCode[]): Bands['failures'] {
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
