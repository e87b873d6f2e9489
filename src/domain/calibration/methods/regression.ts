// Least squares of cost on points, weighted.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { trimmed } from '../../number/decimal-fraction.ts'
import { entryAt } from '../../number/double.ts'
import { costMoment, pointsMoment } from './moments.ts'
import type { Sample } from './sample.ts'
import { type Refused, refused } from './shape.ts'

/** Slope in pence a hundredth of a point (that is, pounds a point), intercept in pence. */
export type Line<N> = { readonly slope: N; readonly intercept: N }

/** The straight line nearest to the sample's costs; null when all points are equal, which no line can explain. */
export function leastSquares<N>(arithmetic: Arithmetic<N>, sample: Sample<N>): Line<N> | null {
  if (sample.points.length < 2) return null
  const { whole, ratio, minus, times, floor } = arithmetic
  const s0 = whole(sample.totalWeight)
  // Points are counted from their middle, so that doubles lose nothing where all are far from 0.
  const centre = floor(ratio(pointsMoment(arithmetic, sample, 1), s0))
  const s1 = pointsMoment(arithmetic, sample, 1, centre)
  const s2 = pointsMoment(arithmetic, sample, 2, centre)
  const [r0, r1] = [sample.totalSpend, costMoment(arithmetic, sample, 1, centre)]
  const spread = minus(times(s0, s2), times(s1, s1))
  const slope = ratio(minus(times(s0, r1), times(s1, r0)), spread)
  const atCentre = ratio(minus(times(r0, s2), times(r1, s1)), spread)
  return { slope, intercept: minus(atCentre, times(slope, whole(centre))) }
}

/** What a line gives at some points, in pence: below £0 where it is. */
export function lineAt<N>({ whole, plus, times }: Arithmetic<N>, line: Line<N>, points: number): N {
  return plus(line.intercept, times(line.slope, whole(points)))
}

/** Whether people with more points cost more by the line: asked of both its ends, which doubles know to a hair. */
export function rises<N>(arithmetic: Arithmetic<N>, line: Line<N>, { points }: Sample<N>): boolean {
  const [low, high] = [entryAt(points, 0), entryAt(points, points.length - 1)]
  return arithmetic.compare(lineAt(arithmetic, line, high), lineAt(arithmetic, line, low)) > 0
}

/** The sample's own line. Refuses where points do not explain cost. */
export function risingLine<N>(arithmetic: Arithmetic<N>, sample: Sample<N>): Line<N> | Refused {
  const line = leastSquares(arithmetic, sample)
  if (line === null)
    return refused(
      'points-all-equal',
      'Everybody has the same points, so no line can be drawn. Include people with other points, or use another method.',
    )
  if (rises(arithmetic, line, sample)) return line
  const detail = `People with more points do not cost more: £${trimmed(arithmetic.fixed(line.slope, 4))} a point. Check the costs and the questions before you use any table made from them.`
  return refused('slope-not-positive', detail)
}

/** A line's numbers in pounds. */
export function lineTexts<N>(arithmetic: Arithmetic<N>, line: Line<N>): Readonly<Record<string, string>> {
  return {
    slope: trimmed(arithmetic.fixed(line.slope, 10)),
    intercept: poundsCoefficient(arithmetic, line.intercept),
  }
}

/** Pence as a decimal string of pounds. */
export function poundsCoefficient<N>({ whole, ratio, fixed }: Arithmetic<N>, pence: N): string {
  return trimmed(fixed(ratio(pence, whole(100)), 10))
}
