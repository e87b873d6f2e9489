// Solves Σ mass × clamp(offset + rate × level, low, high) = target for the level. Scaling a curve under a cap and moving
// a line between a floor and a ceiling are both this one question: the sum never falls as the level rises and is straight
// between the levels where somebody reaches a bound, so the last straight piece gives the answer itself.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { present } from '../../present.ts'
import type { Piece } from '../methods/shape.ts'

/** `short`: even with everyone at the upper bound; `over`: even with everyone at the lower bound. */
export type Level<N> = { readonly level: N; readonly reached: 'exactly' | 'short' | 'over' }

/** The amount at a level. */
export function clamped<N>(
  { plus, times, compare }: Arithmetic<N>,
  { offset, rate, low, high }: Piece<N>,
  level: N,
): N {
  const value = plus(offset, times(rate, level))
  if (compare(value, low) < 0) return low
  return high !== null && compare(value, high) > 0 ? high : value
}

/**
 * The level at which the clamped sum is `target`; the nearest one where none is. Null when nothing moves with it. `near`
 * is a level to look around first.
 */
export function solveLevel<N>(
  arithmetic: Arithmetic<N>,
  pieces: readonly Piece<N>[],
  masses: readonly N[],
  target: N,
  near: N,
): Level<N> | null {
  const { plus, minus, ratio, compare } = arithmetic
  const sums = sumsOf(arithmetic, pieces, masses)
  const first = lowestBound(arithmetic, sums.bounds)
  if (first === null) return null
  let [from, at]: [N, At<N>] = [first, sums.at(first)]
  if (compare(at.sum, target) > 0) return { level: first, reached: 'over' }
  const guess = stepFrom(arithmetic, near, sums.at(near), target)
  let open = sums.bounds.filter((bound) => side(arithmetic, bound, from) > 0)
  for (let turn = 0; open.length > 0; turn += 1) {
    const pivot = levelOf(arithmetic, chosen(arithmetic, open, guess, turn))
    const there = sums.at(pivot)
    const under = compare(there.sum, target) <= 0
    if (under) [from, at] = [pivot, there]
    open = open.filter((bound) => {
      const which = side(arithmetic, bound, pivot)
      return under ? which > 0 : which < 0
    })
  }
  // No bound is met between this level and the answer.
  if (compare(at.sum, target) === 0) return { level: from, reached: 'exactly' }
  if (compare(at.slope, arithmetic.whole(0)) === 0) return { level: from, reached: 'short' }
  return { level: plus(from, ratio(minus(target, at.sum), at.slope)), reached: 'exactly' }
}

/** Where a piece meets one of its bounds: the level over ÷ under. `under` > 0. */
type Bound<N> = { readonly over: N; readonly under: N }

function levelOf<N>({ ratio }: Arithmetic<N>, { over, under }: Bound<N>): N {
  return ratio(over, under)
}

/** Above 0 where the bound is met at a level higher than this one. */
function side<N>({ compare, times }: Arithmetic<N>, { over, under }: Bound<N>, level: N): number {
  return compare(over, times(under, level))
}

// The bounds on either side of the guess, if it was a good one, leave nothing between them; then halves, since bounds in
// the order of points are mostly in the order of levels.
function chosen<N>(arithmetic: Arithmetic<N>, open: readonly Bound<N>[], guess: N, turn: number): Bound<N> {
  const { compare, times } = arithmetic
  const middle = present(open[open.length >> 1])
  if (turn > 1) return middle
  const sides = open.filter((bound) =>
    turn === 0 ? side(arithmetic, bound, guess) <= 0 : side(arithmetic, bound, guess) > 0,
  )
  const isHigher = (a: Bound<N>, b: Bound<N>) => compare(times(a.over, b.under), times(b.over, a.under)) > 0
  return sides.reduce((best, one) => (isHigher(one, best) === (turn === 0) ? one : best), sides[0] ?? middle)
}

/** Along the slope at a level to where the sum would be the target. */
function stepFrom<N>(
  { plus, minus, ratio, compare, whole }: Arithmetic<N>,
  level: N,
  { sum, slope }: At<N>,
  target: N,
): N {
  return compare(slope, whole(0)) === 0 ? level : plus(level, ratio(minus(target, sum), slope))
}

function lowestBound<N>(arithmetic: Arithmetic<N>, bounds: readonly Bound<N>[]): N | null {
  const { compare, times } = arithmetic
  const [first, ...others] = bounds
  if (first === undefined) return null
  return levelOf(
    arithmetic,
    others.reduce(
      (lowest, one) =>
        compare(times(one.over, lowest.under), times(lowest.over, one.under)) < 0 ? one : lowest,
      first,
    ),
  )
}

/** The sum at a level, and how fast it rises after it. */
type At<N> = { readonly sum: N; readonly slope: N }

type Moving<N> = {
  readonly rate: N
  readonly leaves: Bound<N>
  readonly reaches: Bound<N> | null
  /** Each times the mass. */
  readonly offsets: N
  readonly rates: N
  readonly lows: N
  readonly highs: N
}

function sumsOf<N>(
  arithmetic: Arithmetic<N>,
  pieces: readonly Piece<N>[],
  masses: readonly N[],
): { readonly bounds: readonly Bound<N>[]; readonly at: (level: N) => At<N> } {
  const { whole, plus, minus, times, compare } = arithmetic
  const none = whole(0)
  const moving: Moving<N>[] = []
  let still = none
  for (let i = 0; i < pieces.length; i += 1) {
    const [piece, mass] = [present(pieces[i]), present(masses[i])]
    const { offset, rate, low, high } = piece
    if (compare(mass, none) === 0) continue
    if (compare(rate, none) === 0) {
      still = plus(still, times(mass, clamped(arithmetic, piece, none)))
      continue
    }
    moving.push({
      rate,
      leaves: { over: minus(low, offset), under: rate },
      reaches: high === null ? null : { over: minus(high, offset), under: rate },
      offsets: times(mass, offset),
      rates: times(mass, rate),
      lows: times(mass, low),
      highs: high === null ? none : times(mass, high),
    })
  }
  return {
    bounds: moving.flatMap(({ leaves, reaches }) => (reaches === null ? [leaves] : [leaves, reaches])),
    at: (level) => {
      let [fixed, slope] = [still, none]
      for (const { rate, leaves, reaches, offsets, rates, lows, highs } of moving) {
        const here = times(rate, level)
        if (compare(here, leaves.over) < 0) fixed = plus(fixed, lows)
        else if (reaches !== null && compare(here, reaches.over) >= 0) fixed = plus(fixed, highs)
        else {
          fixed = plus(fixed, offsets)
          slope = plus(slope, rates)
        }
      }
      return { sum: plus(fixed, times(slope, level)), slope }
    },
  }
}
