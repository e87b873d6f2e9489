// What one person does to the table: the curve refitted without the person with the most points, and without the one
// who costs the most. Where one person sets the top of a table, its reader must know.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { at, poundsText, ratioText } from '../../number/double.ts'
import {
  fitEveryone,
  fitRows,
  type QuickCalibration,
  quickCalibration,
  type TrustInput,
} from './quick-calibration.ts'
import { amountsAt, type QuickCurve, totalOver } from './quick-curve.ts'
import { rowsWithout } from './sample.ts'

/** Pounds a year with everyone and without the one, and the change; the share is of the amount with everyone. */
export type Change = {
  readonly withEveryone: string
  readonly without: string
  readonly change: string
  readonly share: string | null
}

export type LeftOut = {
  readonly who: 'most-points' | 'highest-cost'
  readonly ref: string
  /** Hundredths. */
  readonly points: number
  readonly cost: string
} & (
  | {
      readonly fitted: true
      readonly atOwnPoints: Change
      readonly atScaleMaximum: Change
      /** What the table gives the whole cohort, the one included. */
      readonly total: Change
    }
  | { readonly fitted: false; readonly code: CalibrationFaultCode }
)

/** The effect of leaving out the top case by points (of equals the costliest) and the top case by cost. */
export function leaveOneOut(input: TrustInput): readonly LeftOut[] {
  const calibration = quickCalibration(input)
  const everyone = fitEveryone(calibration)
  const { byCost } = calibration.sorted
  const last = byCost.length - 1
  // Of people who cost the same, the last in order: the one with the most points.
  const costliest = at(byCost, last)
  return [
    without(calibration, everyone, 'most-points', last),
    without(calibration, everyone, 'highest-cost', costliest),
  ]
}

function without(
  calibration: QuickCalibration,
  everyone: QuickCurve,
  who: LeftOut['who'],
  row: number,
): LeftOut {
  const { sorted, input } = calibration
  const points = at(sorted.points, row)
  const ref = sorted.cases[row]?.ref as string
  const one = { who, ref, points, cost: poundsText(at(sorted.cost, row)) }
  const result = fitRows(calibration, rowsWithout(sorted, row))
  if (!result.fitted) return { ...one, fitted: false, code: result.code }
  const places = Float64Array.of(points, input.scaleMaximum)
  const before = amountsAt(everyone, places)
  const after = amountsAt(result.curve, places)
  return {
    ...one,
    fitted: true,
    atOwnPoints: change(at(before, 0), at(after, 0)),
    atScaleMaximum: change(at(before, 1), at(after, 1)),
    total: change(total(calibration, everyone), total(calibration, result.curve)),
  }
}

function total({ everyone }: QuickCalibration, curve: QuickCurve): number {
  return totalOver(curve, everyone) / 10_000
}

function change(before: number, after: number): Change {
  return {
    withEveryone: poundsText(before),
    without: poundsText(after),
    change: poundsText(after - before),
    share: ratioText(after - before, before),
  }
}
