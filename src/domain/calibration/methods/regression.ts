// Least squares of cost on points, weighted, in whole numbers throughout: the line is exact.
import { type Fraction, fraction } from '../../number/fraction.ts'
import { costMoment, type PointsGroup, pointsMoment } from '../cohort/points-group.ts'

/** Slope in pence a hundredth of a point (that is, pounds a point), intercept in pence. */
export type Line = { readonly slope: Fraction; readonly intercept: Fraction }

/** The straight line nearest to the cohort's costs; null when all points are equal, which no line can explain. */
export function leastSquares(groups: readonly PointsGroup[]): Line | null {
  const [s0, s1, s2] = [pointsMoment(groups, 0n), pointsMoment(groups, 1n), pointsMoment(groups, 2n)]
  const [r0, r1] = [costMoment(groups, 0n), costMoment(groups, 1n)]
  const spread = s0 * s2 - s1 * s1
  if (spread === 0n) return null
  return {
    slope: fraction(s0 * r1 - s1 * r0, spread),
    intercept: fraction(r0 * s2 - r1 * s1, spread),
  }
}

/** What a line gives at some points, in pence: below £0 where it is. */
export function lineAt({ slope, intercept }: Line, points: number): Fraction {
  return fraction(intercept.n * slope.d + slope.n * BigInt(points) * intercept.d, slope.d * intercept.d)
}
