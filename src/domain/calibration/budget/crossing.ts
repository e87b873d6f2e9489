// Where two straight lines over points cross: a knot goes there, for a table can only be read straight between knots.
import type { Arithmetic } from '../../number/arithmetic.ts'

/**
 * The one or two whole hundredths of a point around where a straight line crosses 0 strictly between `from` and `to`,
 * from its values at either end; none where it does not.
 */
export function crossing<N>(
  { whole, plus, minus, times, ratio, compare, floor }: Arithmetic<N>,
  from: number,
  to: number,
  before: N,
  after: N,
): readonly number[] {
  const none = whole(0)
  if (compare(before, none) * compare(after, none) >= 0) return []
  const way = times(whole(to - from), ratio(before, minus(before, after)))
  const place = plus(whole(from), way)
  const below = floor(place)
  const around = compare(place, whole(below)) === 0 ? [below] : [below, below + 1]
  return around.filter((points) => points > from && points < to)
}

/** One value over another; 0 where doubles tell them apart by no more than a hair. */
export function gapOf<N>({ whole, minus, compare }: Arithmetic<N>, value: N, bound: N): N {
  return compare(value, bound) === 0 ? whole(0) : minus(value, bound)
}
