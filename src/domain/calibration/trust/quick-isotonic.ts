// Pool adjacent violators in doubles, smoothed as ../isotonic.ts smooths: the pools' amounts at their centres.
import { at } from '../../number/double.ts'
import type { QuickFormula } from './quick-formula.ts'
import { shapeFormula } from './quick-shape.ts'
import type { Sample } from './sample.ts'

/** The isotonic fit of a sample, one level still free. */
export function isotonicFormula(sample: Sample, scaleMaximum: number): QuickFormula {
  const { weight, spend, moment, count } = pooled(sample)
  const first = at(sample.points, 0)
  const start = first < centre(at(moment, 0), at(weight, 0)) ? 1 : 0
  const points = new Float64Array(count + start)
  const amounts = new Float64Array(count + start)
  points[0] = first
  amounts[0] = at(spend, 0) / at(weight, 0)
  for (let i = 0; i < count; i += 1) {
    points[start + i] = centre(at(moment, i), at(weight, i))
    amounts[start + i] = at(spend, i) / at(weight, i)
  }
  return { ...shapeFormula(points, amounts, scaleMaximum), kinks: [...points] }
}

type Pools = {
  readonly weight: Float64Array
  readonly spend: Float64Array
  readonly moment: Float64Array
  readonly count: number
}

// What exact arithmetic calls equal stays apart, as it does there.
const HAIR = 1e-13

function pooled({ points, pointsWeight, pointsSpend }: Sample): Pools {
  const weight = new Float64Array(points.length)
  const spend = new Float64Array(points.length)
  const moment = new Float64Array(points.length)
  let count = 0
  for (let i = 0; i < points.length; i += 1) {
    let [w, c, m] = [at(pointsWeight, i), at(pointsSpend, i), at(pointsWeight, i) * at(points, i)]
    while (count > 0 && at(spend, count - 1) * w > c * at(weight, count - 1) * (1 + HAIR)) {
      count -= 1
      w += at(weight, count)
      c += at(spend, count)
      m += at(moment, count)
    }
    weight[count] = w
    spend[count] = c
    moment[count] = m
    count += 1
  }
  return { weight, spend, moment, count }
}

// Whole hundredths of a point, where a knot of a resample goes: never an amount.
function centre(moment: number, weight: number): number {
  return Math.round(moment / weight)
}
