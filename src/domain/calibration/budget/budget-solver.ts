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

/** Steps along the slope before the bounds are halved: mostly two or three are enough. */
const MOST_STEPS = 8

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
  const { compare, whole } = arithmetic
  const sums = sumsOf(arithmetic, pieces, masses)
  if (sums.moving.length === 0) return null
  if (compare(sums.lowest, target) > 0)
    return { level: lowestBound(arithmetic, sums.moving), reached: 'over' }
  let level = near
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const here = sums.at(level)
    if (compare(here.slope, whole(0)) === 0) break
    if (compare(here.sum, target) === 0) return { level, reached: 'exactly' }
    level = alongSlope(arithmetic, here, target)
  }
  return betweenBounds(arithmetic, sums, target)
}

/** Where the sum would be the target, if no bound were met on the way. */
function alongSlope<N>({ minus, ratio }: Arithmetic<N>, { fixed, slope }: At<N>, target: N): N {
  return ratio(minus(target, fixed), slope)
}

/** Halves the bounds, which in the order of points are mostly in the order of levels, until none is in between. */
function betweenBounds<N>(arithmetic: Arithmetic<N>, { moving, at }: Sums<N>, target: N): Level<N> {
  const { compare, ratio, whole } = arithmetic
  let open = boundsOf(moving)
  let from = lowestBound(arithmetic, moving)
  let here = at(from)
  while (open.length > 0) {
    const { over, under } = present(open[open.length >> 1])
    const pivot = ratio(over, under)
    const there = at(pivot)
    const isUnder = compare(there.sum, target) <= 0
    if (isUnder) [from, here] = [pivot, there]
    open = open.filter((bound) => {
      const which = side(arithmetic, bound, pivot)
      return isUnder ? which > 0 : which < 0
    })
  }
  if (compare(here.sum, target) === 0) return { level: from, reached: 'exactly' }
  if (compare(here.slope, whole(0)) === 0) return { level: from, reached: 'short' }
  return { level: alongSlope(arithmetic, here, target), reached: 'exactly' }
}

/** Where a piece meets one of its bounds: the level over ÷ under. `under` > 0. */
type Bound<N> = { readonly over: N; readonly under: N }

/** Above 0 where the bound is met at a level higher than this one. */
function side<N>({ compare, times }: Arithmetic<N>, { over, under }: Bound<N>, level: N): number {
  return compare(over, times(under, level))
}

function boundsOf<N>(moving: readonly Moving<N>[]): readonly Bound<N>[] {
  return moving.flatMap(({ rate, leaves, reaches }) =>
    [leaves, ...(reaches === null ? [] : [reaches])].map((over) => ({ over, under: rate })),
  )
}

/** Where the first piece leaves its lower bound. */
function lowestBound<N>({ compare, times, ratio }: Arithmetic<N>, moving: readonly Moving<N>[]): N {
  const { leaves, rate } = moving.reduce((lowest, one) =>
    compare(times(one.leaves, lowest.rate), times(lowest.leaves, one.rate)) < 0 ? one : lowest,
  )
  return ratio(leaves, rate)
}

/** The sum at a level: what is fixed there, and slope × level, which rises after it. */
type At<N> = { readonly sum: N; readonly fixed: N; readonly slope: N }

/** A piece that moves with the level, times its mass but for what its own rate times the level is held against. */
type Moving<N> = {
  readonly rate: N
  /** What rate × level is when the piece leaves its lower bound, and when it reaches its upper one. */
  readonly leaves: N
  readonly reaches: N | null
  readonly offsets: N
  readonly rates: N
  readonly lows: N
  readonly highs: N
}

type Sums<N> = {
  readonly moving: readonly Moving<N>[]
  /** The sum with everyone at the lower bound. */
  readonly lowest: N
  readonly at: (level: N) => At<N>
}

function sumsOf<N>(arithmetic: Arithmetic<N>, pieces: readonly Piece<N>[], masses: readonly N[]): Sums<N> {
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
      leaves: minus(low, offset),
      reaches: high === null ? null : minus(high, offset),
      offsets: times(mass, offset),
      rates: times(mass, rate),
      lows: times(mass, low),
      highs: high === null ? none : times(mass, high),
    })
  }
  return {
    moving,
    lowest: moving.reduce((sum, { lows }) => plus(sum, lows), still),
    at: (level) => {
      let [fixed, slope] = [still, none]
      for (const { rate, leaves, reaches, offsets, rates, lows, highs } of moving) {
        const here = times(rate, level)
        if (compare(here, leaves) < 0) fixed = plus(fixed, lows)
        else if (reaches !== null && compare(here, reaches) >= 0) fixed = plus(fixed, highs)
        else {
          fixed = plus(fixed, offsets)
          slope = plus(slope, rates)
        }
      }
      return { sum: plus(fixed, times(slope, level)), fixed, slope }
    },
  }
}
