// Incremental, read as a straight line of cost on points with a floor under it.

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { fractionOf, penceOf, trimmed } from '../../number/decimal-fraction.ts'
import { crossing, gapOf } from '../budget/crossing.ts'
import { type At, refuse } from './method-input.ts'
import { type Line, lineAt, lineTexts, poundsCoefficient, risingLine } from './regression.ts'
import { type Frame, type Refused, type Shape, scaledShape } from './shape.ts'

type LineOptions = Omit<Extract<MethodRequest, { readonly method: 'line' }>, 'method'>

/** max(floor, a + b·points), then scaled, or with another a, so that the sample gets the budget. */
export function lineShape<N>(
  arithmetic: Arithmetic<N>,
  { sample, scaleMaximum }: Frame<N>,
  { floor, neutralise = 'scale' }: LineOptions,
): Shape<N> | Refused {
  const line = risingLine(arithmetic, sample)
  if ('refused' in line) return line
  const under = floorLine(arithmetic, floor)
  if (neutralise === 'shift') return shiftedLine(arithmetic, line, under)
  return scaledLine(arithmetic, line, under, scaleMaximum, floor !== undefined)
}

/** Refuses a floor that can be none. */
export function checkLine(at: At, { floor }: LineOptions): void {
  if (floor === undefined) return
  const stated = floor.kind === 'amount' ? floor.amountAnnual : floor.pricePerPoint
  if (fractionOf(stated).n < 0n)
    refuse(at, 'parameter-out-of-range', 'The floor is below £0. State £0 or more.', '/floor')
}

function floorLine<N>({ whole, from }: Arithmetic<N>, floor: LineOptions['floor']): Line<N> {
  const none = whole(0)
  if (floor === undefined) return { slope: none, intercept: none }
  return floor.kind === 'amount'
    ? { slope: none, intercept: from(penceOf(floor.amountAnnual)) }
    : { slope: from(fractionOf(floor.pricePerPoint)), intercept: none }
}

function scaledLine<N>(
  arithmetic: Arithmetic<N>,
  line: Line<N>,
  under: Line<N>,
  scaleMaximum: number,
  floored: boolean,
): Shape<N> {
  const { compare, whole, fixed } = arithmetic
  const ends = (points: number) =>
    [lineAt(arithmetic, line, points), lineAt(arithmetic, under, points)] as const
  const higher = ([a, b]: readonly [N, N]) => (compare(a, b) < 0 ? b : a)
  return scaledShape(arithmetic, (points) => higher(ends(points)), {
    kinks: crossing(
      arithmetic,
      0,
      scaleMaximum,
      gapOf(arithmetic, ...ends(0)),
      gapOf(arithmetic, ...ends(scaleMaximum)),
    ),
    coefficients: (level) => ({ ...lineTexts(arithmetic, line), scale: trimmed(fixed(level, 10)) }),
    warnings: (level) => [
      ...lineWarnings(arithmetic, line),
      ...(floored && compare(level, whole(1)) !== 0 ? [floorScaled(trimmed(fixed(level, 10)))] : []),
    ],
  })
}

function shiftedLine<N>(arithmetic: Arithmetic<N>, line: Line<N>, under: Line<N>): Shape<N> {
  const { whole, times } = arithmetic
  const one = whole(1)
  return {
    pieceAt: (points) => ({
      offset: times(line.slope, whole(points)),
      rate: one,
      low: lineAt(arithmetic, under, points),
      high: null,
    }),
    ownLevel: line.intercept,
    kinks: [],
    coefficients: (level) => ({
      ...lineTexts(arithmetic, line),
      shiftedIntercept: poundsCoefficient(arithmetic, level),
    }),
    warnings: () => lineWarnings(arithmetic, line),
  }
}

function lineWarnings<N>(
  { compare, whole, minus, times, ratio, fixed }: Arithmetic<N>,
  { slope, intercept }: Line<N>,
): readonly Warning[] {
  const none = whole(0)
  if (compare(intercept, none) >= 0) return []
  const from = trimmed(fixed(ratio(minus(none, intercept), times(slope, whole(100))), 2))
  const detail = `The line by itself is below £0 under ${from} points. The floor applies there, and the rest is brought back to the budget.`
  return [{ code: 'negative-intercept', detail }]
}

function floorScaled(level: string): Warning {
  const detail = `The scale of ${level} moves the stated floor too. Neutralise by shift to keep it.`
  return { code: 'floor-scaled', detail }
}
