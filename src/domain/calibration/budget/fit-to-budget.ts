// The last step of every method, in any arithmetic: from a shape to the knots of a curve that gives the sample its
// target, within floor and cap.
import type { Arithmetic } from '../../number/arithmetic.ts'
import { present } from '../../present.ts'
import type { Curve } from '../methods/fitted-curve.ts'
import { curveTotal, knotPoints, masses } from '../methods/knots.ts'
import type { Bounds } from '../methods/method-input.ts'
import { type Frame, type Piece, type Refused, refused, type Shape } from '../methods/shape.ts'
import { clamped, type Level, solveLevel } from './budget-solver.ts'
import { crossing, gapOf } from './crossing.ts'

export type Fitted<N> = {
  readonly curve: Curve<N>
  /** The same at the same level without the cap; null where there is none. */
  readonly uncapped: Curve<N> | null
  readonly level: N
  /** What the sample gets, in pence × ten-thousandths. */
  readonly total: N
  readonly reached: Level<N>['reached'] | 'not-sought'
}

/** The shape as a curve of at most 1,001 knots. A cap above which nothing is shared out is put on last. */
export function fitToBudget<N>(
  arithmetic: Arithmetic<N>,
  frame: Frame<N>,
  shape: Shape<N>,
  bounds: Bounds,
): Fitted<N> | Refused {
  const first = solvedAt(arithmetic, frame, shape, bounds, [], shape.ownLevel)
  // Knots where a bound is met; they weigh something only where the sample's own values had to be thinned out.
  const bends = 'refused' in first ? [] : bendsOf(arithmetic, first)
  const solved =
    'refused' in first || bends.length === 0
      ? first
      : solvedAt(arithmetic, frame, shape, bounds, bends, first.level)
  return 'refused' in solved ? solved : curveOf(arithmetic, solved)
}

/** The level that a shape meets the target at, with what is at each of its knots. */
type Solved<N> = Pick<Fitted<N>, 'level' | 'reached'> & {
  readonly points: readonly number[]
  readonly people: readonly N[]
  readonly pieces: readonly Piece<N>[]
  /** The pieces without the cap; null where there is none. */
  readonly uncapped: readonly Piece<N>[] | null
}

function solvedAt<N>(
  arithmetic: Arithmetic<N>,
  frame: Frame<N>,
  shape: Shape<N>,
  { floor = 0, cap, surplus }: Bounds,
  bends: readonly number[],
  near: N,
): Solved<N> | Refused {
  const points = knotPoints(frame.sample, frame.scaleMaximum, [...shape.kinks, ...bends])
  const weights = masses(arithmetic, frame.sample, points)
  const people = arithmetic.shared?.(weights) ?? weights
  const own = settled(arithmetic, points.map(shape.pieceAt))
  const free = bounded(arithmetic, own, floor, null)
  const pieces = cap === undefined ? free : bounded(arithmetic, own, floor, cap)
  const shared = surplus === 'redistribute' ? pieces : free
  const found = frame.neutral
    ? solveLevel(arithmetic, shared, people, frame.target, near)
    : { level: shape.ownLevel, reached: 'not-sought' as const }
  if (found === null) return NOTHING_MOVES
  return { ...found, points, people, pieces, uncapped: cap === undefined ? null : free }
}

function curveOf<N>(arithmetic: Arithmetic<N>, solved: Solved<N>): Fitted<N> {
  const { points, people, pieces, uncapped, level, reached } = solved
  const curve = curveAt(arithmetic, points, pieces, level)
  return {
    curve,
    uncapped: uncapped === null ? null : curveAt(arithmetic, points, uncapped, level),
    level,
    total: curveTotal(arithmetic, curve, people),
    reached,
  }
}

const NOTHING_MOVES = refused(
  'budget-unreachable',
  'The curve gives £0 to everybody, so no scale brings it to the budget. Check the costs.',
)

function curveAt<N>(
  arithmetic: Arithmetic<N>,
  points: readonly number[],
  pieces: readonly Piece<N>[],
  level: N,
): Curve<N> {
  return {
    knots: points.map((here, i) => ({
      points: here,
      amount: clamped(arithmetic, present(pieces[i]), level),
    })),
  }
}

function settled<N>({ settled }: Arithmetic<N>, pieces: readonly Piece<N>[]): readonly Piece<N>[] {
  if (settled === null) return pieces
  const numbers = settled(pieces.flatMap(({ offset, rate, low, high }) => [offset, rate, low, high ?? low]))
  return pieces.map(({ high }, i) => ({
    offset: present(numbers[4 * i]),
    rate: present(numbers[4 * i + 1]),
    low: present(numbers[4 * i + 2]),
    high: high === null ? null : present(numbers[4 * i + 3]),
  }))
}

/** The shape's own bounds inside the request's: the request's win where they contradict each other. */
function bounded<N>(
  { whole, compare }: Arithmetic<N>,
  pieces: readonly Piece<N>[],
  floor: number,
  cap: number | null,
): readonly Piece<N>[] {
  if (floor === 0 && cap === null) return pieces
  const [lowest, highest] = [whole(floor), cap === null ? null : whole(cap)]
  const atMost = (value: N) => (highest !== null && compare(value, highest) > 0 ? highest : value)
  return pieces.map((piece) => {
    const low = atMost(compare(piece.low, lowest) > 0 ? piece.low : lowest)
    if (piece.high === null) return { ...piece, low, high: highest }
    return { ...piece, low, high: atMost(compare(piece.high, low) > 0 ? piece.high : low) }
  })
}

/** Hundredths on both sides of where the shape meets a bound between two knots. */
function bendsOf<N>(arithmetic: Arithmetic<N>, { points, pieces, level }: Solved<N>): readonly number[] {
  const { plus, times, whole } = arithmetic
  const none = whole(0)
  const bends: number[] = []
  // How far above each bound, or 0 on it; what has no upper bound is on it.
  let [from, overLow, overHigh] = [0, none, none]
  for (let i = 0; i < points.length; i += 1) {
    const to = present(points[i])
    const { offset, rate, low, high } = present(pieces[i])
    const value = plus(offset, times(rate, level))
    const nextLow = gapOf(arithmetic, value, low)
    const nextHigh = high === null ? none : gapOf(arithmetic, value, high)
    if (i > 0) {
      bends.push(...crossing(arithmetic, from, to, overLow, nextLow))
      bends.push(...crossing(arithmetic, from, to, overHigh, nextHigh))
    }
    ;[from, overLow, overHigh] = [to, nextLow, nextHigh]
  }
  return bends
}
