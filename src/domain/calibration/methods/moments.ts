// Sums over the points of a sample, from which straight lines and rising prices are fitted.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { entryAt } from '../../number/double.ts'
import { present } from '../../present.ts'
import type { Sample } from './sample.ts'

/** Σ weight × points^power, points counted from `centre`. */
export function pointsMoment<N>(
  arithmetic: Arithmetic<N>,
  { points, weight }: Sample<N>,
  power: number,
  centre = 0,
): N {
  return moment(arithmetic, points, (i) => arithmetic.whole(entryAt(weight, i)), power, centre)
}

/** Σ weight × cost × points^power, points counted from `centre`. */
export function costMoment<N>(
  arithmetic: Arithmetic<N>,
  { points, spend }: Sample<N>,
  power: number,
  centre = 0,
): N {
  return moment(arithmetic, points, (i) => present(spend[i]), power, centre)
}

function moment<N>(
  { whole, times, plus }: Arithmetic<N>,
  points: Float64Array,
  valueAt: (index: number) => N,
  power: number,
  centre: number,
): N {
  let sum = whole(0)
  for (let i = 0; i < points.length; i += 1) {
    const away = entryAt(points, i) - centre
    let term = valueAt(i)
    // Up to its cube, a distance on a scale of 1,000 points is a whole number that doubles hold.
    for (let left = power; left > 0; left -= 3) term = times(term, whole(away ** Math.min(left, 3)))
    sum = plus(sum, term)
  }
  return sum
}
