// The knots of a curve over a sample, and the sample's weight on them: in doubles what ../knots.ts says exactly,
// walked once from the lowest points to the highest.

import { at } from '../../number/double.ts'
import { present } from '../../present.ts'
import { MOST_KNOTS, rising } from '../methods/knots.ts'
import type { Sample } from './sample.ts'

/** Where a curve has its knots (hundredths, rising strictly), and the weight of the sample that stands on each. */
export type QuickKnots = { readonly points: Float64Array; readonly weight: Float64Array }

/** Knots at 0, each of the sample's points, the kinks and the scale's maximum; quantiles where those are too many. */
export function quickKnots(sample: Sample, scaleMaximum: number, kinks: readonly number[] = []): QuickKnots {
  const inside = rising(kinks.filter((points) => points > 0 && points < scaleMaximum))
  const all = merged(sample.points, [0, ...inside, scaleMaximum])
  const points = all.length <= MOST_KNOTS ? all : fewer(sample, inside, scaleMaximum)
  return { points, weight: masses(sample, points) }
}

function merged(values: Float64Array, added: readonly number[]): Float64Array {
  const points = new Float64Array(values.length + added.length)
  let [count, next] = [0, 0]
  for (const extra of added) {
    while (next < values.length && at(values, next) < extra) {
      points[count] = at(values, next)
      next += 1
      count += 1
    }
    if (next < values.length && at(values, next) === extra) next += 1
    points[count] = extra
    count += 1
  }
  return points.subarray(0, count)
}

function fewer(sample: Sample, inside: readonly number[], scaleMaximum: number): Float64Array {
  const ends = [0, ...spread(inside, MOST_KNOTS >> 1), scaleMaximum]
  const nodes = quantiles(sample, MOST_KNOTS - ends.length)
  return merged(nodes, ends)
}

// At most `count` of the values, evenly by their place, both ends among them.
function spread(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values
  const places = Array.from({ length: count }, (_, i) => Math.floor((i * (values.length - 1)) / (count - 1)))
  return places.map((place) => present(values[place]))
}

// The points at equal steps of the sample's weight; its lowest and its highest are always among them.
function quantiles({ points, pointsWeight, weight }: Sample, count: number): Float64Array {
  const found: number[] = []
  let [upTo, step] = [0, 0]
  for (let i = 0; i < points.length; i += 1) {
    upTo += at(pointsWeight, i)
    if (upTo * (count - 1) <= step * weight && i < points.length - 1) continue
    found.push(at(points, i))
    while (step * weight < upTo * (count - 1)) step += 1
  }
  return Float64Array.from(found)
}

// Someone between two knots counts partly at each, as a table is read.
function masses(sample: Sample, points: Float64Array): Float64Array {
  const weight = new Float64Array(points.length)
  let upper = 1
  for (let i = 0; i < sample.points.length; i += 1) {
    const here = at(sample.points, i)
    const own = at(sample.pointsWeight, i)
    while (at(points, upper) < here && upper < points.length - 1) upper += 1
    const [from, to] = [at(points, upper - 1), at(points, upper)]
    const share = (Math.min(here, to) - from) / (to - from)
    weight[upper - 1] = at(weight, upper - 1) + own * (1 - share)
    weight[upper] = at(weight, upper) + own * share
  }
  return weight
}
