// Reads a curve: which segment a number of points falls on, and the exact fraction of pounds it gives.
// One formula for every implementation: (a0·(p1−p) + a1·(p−p0)) · Πfactors ÷ (p1−p0), rounded by the caller, once.

import type { WorkingCurve } from '../../contract/allocation/working.ts'
import type { CalibrationTable, Curve, Knot } from '../../contract/documents/calibration-table.ts'
import { type Decimal, decimal, ONE, ZERO } from '../number/decimal.ts'

type PlannedKnot = { readonly points: Decimal; readonly amount: Decimal; readonly knot: Knot }

/** A curve prepared once: decimals parsed. `end` is the highest number of points the curve speaks for. */
export type PlannedCurve = {
  readonly curve: Curve
  readonly knots: readonly PlannedKnot[]
  readonly belowFirst: CalibrationTable['belowFirst']
  readonly end: Decimal
}

/** A linear curve ends at its last knot; the last step of a step curve holds to the top of the scale. */
export function planCurve(
  curve: Curve,
  belowFirst: CalibrationTable['belowFirst'],
  scaleMaximum: Decimal,
): PlannedCurve {
  const knots = curve.knots.map((knot) => ({
    points: decimal(knot.points),
    amount: decimal(knot.amountAnnual),
    knot,
  }))
  return {
    curve,
    knots,
    belowFirst,
    end: curve.interpolation === 'step' ? scaleMaximum : at(knots, knots.length - 1).points,
  }
}

/** `numerator ÷ denominator` pounds a year, before any adjustment, and the knots it was read between. */
export type CurveReading = {
  readonly place: WorkingCurve['place']
  readonly from: Knot | null
  readonly to: Knot | null
  readonly numerator: Decimal
  readonly denominator: Decimal
}

/** Reads a planned curve at `points`; above its end the last amount is held, and the place says so. */
export function readCurve(planned: PlannedCurve, points: Decimal): CurveReading {
  const { knots, curve } = planned
  const last = at(knots, knots.length - 1)
  const index = lastAtOrBelow(knots, points)
  if (points.greaterThan(planned.end)) return held('above-last', last)
  if (index < 0) return readBelowFirst(planned, at(knots, 0), points)
  const here = at(knots, index)
  if (curve.interpolation === 'step') return held('on-step', here)
  const next = knots[index + 1]
  // The last knot itself: the segment that ends in it.
  if (next === undefined)
    return index === 0 ? held('on-segment', here) : between(at(knots, index - 1), here, points)
  return between(here, next, points)
}

function readBelowFirst({ belowFirst }: PlannedCurve, first: PlannedKnot, points: Decimal): CurveReading {
  const to = first.knot
  if (belowFirst === 'hold')
    return { place: 'below-first', from: null, to, numerator: first.amount, denominator: ONE }
  if (belowFirst === 'zero')
    return { place: 'below-first', from: null, to, numerator: ZERO, denominator: ONE }
  return {
    place: 'below-first',
    from: null,
    to,
    numerator: first.amount.times(points),
    denominator: first.points,
  }
}

function between(low: PlannedKnot, high: PlannedKnot, points: Decimal): CurveReading {
  const numerator = low.amount
    .times(high.points.minus(points))
    .plus(high.amount.times(points.minus(low.points)))
  return {
    place: 'on-segment',
    from: low.knot,
    to: high.knot,
    numerator,
    denominator: high.points.minus(low.points),
  }
}

function held(place: WorkingCurve['place'], { knot, amount }: PlannedKnot): CurveReading {
  return { place, from: knot, to: null, numerator: amount, denominator: ONE }
}

/** The index of the last knot whose points are at or below `points`; −1 below the first. */
function lastAtOrBelow(knots: readonly PlannedKnot[], points: Decimal): number {
  let low = 0
  let high = knots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(knots, middle).points.lessThanOrEqualTo(points)) low = middle + 1
    else high = middle
  }
  return low - 1
}

function at(knots: readonly PlannedKnot[], index: number): PlannedKnot {
  const knot = knots[index]
  if (knot === undefined) throw new Error('a published curve has at least one knot')
  return knot
}
