// A fitted curve in doubles: what a published table would give, for resamples by the thousand. Straight lines between
// knots, the last amount held above them, exactly as a table is read.
import { at } from '../../number/double.ts'
import type { Sample } from './sample.ts'

/** Knots from 0 to the scale's maximum: points in hundredths rising strictly, amounts in pence. */
export type QuickCurve = { readonly points: Float64Array; readonly amounts: Float64Array }

/** What the curve gives at each of `points`, which rise. */
export function amountsAt(curve: QuickCurve, points: Float64Array): Float64Array {
  const amounts = new Float64Array(points.length)
  let upper = 1
  const last = curve.points.length - 1
  for (let i = 0; i < points.length; i += 1) {
    const own = at(points, i)
    while (upper < last && at(curve.points, upper) < own) upper += 1
    amounts[i] = between(curve, upper - 1, own)
  }
  return amounts
}

function between({ points, amounts }: QuickCurve, lower: number, own: number): number {
  const [x0, x1] = [at(points, lower), at(points, lower + 1)]
  const [y0, y1] = [at(amounts, lower), at(amounts, lower + 1)]
  return own >= x1 ? y1 : y0 + ((y1 - y0) * (own - x0)) / (x1 - x0)
}

/** Pence × ten-thousandths the curve gives to the people of a sample. */
export function totalOver(curve: QuickCurve, sample: Sample): number {
  const amounts = amountsAt(curve, sample.points)
  let sum = 0
  for (let i = 0; i < amounts.length; i += 1) sum += at(amounts, i) * at(sample.pointsWeight, i)
  return sum
}
