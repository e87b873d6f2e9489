// What a method makes of a sample before any budget: a curve with one number still free, its level. The level that meets
// the budget is found in one place for all methods (budget/).

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import type { Sample } from './sample.ts'

export type Frame<N> = {
  readonly sample: Sample<N>
  /** As spend is counted: pence × ten-thousandths a year. */
  readonly target: N
  /** Whether the sample is to get exactly the target. */
  readonly neutral: boolean
  /** Hundredths of a point. */
  readonly scaleMaximum: number
}

/** An amount in pence: clamp(offset + rate × level, low, high). `rate` ≥ 0, 0 ≤ `low`; `high` null is no upper bound. */
export type Piece<N> = { readonly offset: N; readonly rate: N; readonly low: N; readonly high: N | null }

export type Shape<N> = {
  readonly pieceAt: (points: number) => Piece<N>
  /** The level it has by itself, when no neutral total is asked for. */
  readonly ownLevel: N
  /** Points, in hundredths, where it bends. */
  readonly kinks: readonly number[]
  /** Its own numbers at a level, as decimal strings. */
  readonly coefficients: (level: N) => Readonly<Record<string, string>>
  /** What a reader must know of it at a level, with the amount at the top of the scale. */
  readonly warnings: (level: N, top: N) => readonly Warning[]
}

/** Why a method cannot be fitted to a sample. */
export type Refused = { readonly refused: CalibrationFaultCode; readonly detail: string }

export function refused(code: CalibrationFaultCode, detail: string): Refused {
  return { refused: code, detail }
}

/** A shape that the level multiplies: amounts that go up and down together. */
export function scaledShape<N>(
  { whole }: Arithmetic<N>,
  amountAt: (points: number) => N,
  rest: Pick<Shape<N>, 'kinks' | 'coefficients' | 'warnings'>,
): Shape<N> {
  const none = whole(0)
  return {
    ...rest,
    pieceAt: (points) => ({ offset: none, rate: amountAt(points), low: none, high: null }),
    ownLevel: whole(1),
  }
}
