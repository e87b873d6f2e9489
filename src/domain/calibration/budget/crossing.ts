// Where two straight lines over points cross: a knot goes there, for a table can only be read straight between knots.
import type { Arithmetic } from '../../number/arithmetic.ts'

/**
 * The one or two whole hundredths of a point around where two lines cross strictly between `from` and `to`, from the
 * pair of their values at either end; none where they do not.
 */
export function crossing<N>(
  { whole, plus, minus, times, ratio, compare, floor }: Arithmetic<N>,
  from: number,
  to: number,
  before: readonly [N, N],
  after: readonly [N, N],
): readonly number[] {
  if (compare(...before) * compare(...after) >= 0) return []
  const [first, last] = [minus(...before), minus(...after)]
  const way = times(whole(to - from), ratio(first, minus(first, last)))
  const place = plus(whole(from), way)
  const below = floor(place)
  const around = compare(place, whole(below)) === 0 ? [below] : [below, below + 1]
  return around.filter((points) => points > from && points < to)
}
