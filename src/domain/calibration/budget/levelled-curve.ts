// A formula with one number still free (a scale, an intercept), taken to a budget: which level it needs, and the curve
// it then is.

import { onOneBoundedDenominator, onOneDenominator } from '../../number/common-denominator.ts'
import { type Fraction, fraction, subtract } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import type { FittedCurve } from '../methods/fitted-curve.ts'
import { type Bounds, refuse } from '../methods/method-input.ts'
import { clamped, clampedSum, type Level, solveLevel, type Term } from './clamped-sum.ts'

/** A formula at some points: clamp(offset + rate × level, low, high), in pence. `high` null is no upper bound. */
export type Piece = {
  readonly points: number
  readonly offset: Fraction
  readonly rate: Fraction
  readonly low: Fraction
  readonly high: Fraction | null
}

export type LevelledCurve = {
  readonly curve: FittedCurve
  /** The same at the same level without the cap; null where there is none. */
  readonly uncapped: FittedCurve | null
  readonly level: Fraction
  readonly total: Fraction
  readonly unspent: Fraction
  readonly reached: Level['reached'] | 'not-sought'
  /** Hundredths on both sides of where the formula meets a bound between two knots. */
  readonly bends: readonly number[]
}

export type Aim = {
  readonly target: Fraction
  readonly bounds: Bounds & { readonly pointer?: string }
  /** A level to take as it is; null to solve for the one that gives the target. */
  readonly level: Fraction | null
}

/** The curve at the level that gives the cohort the target. A cap above which nothing is shared out is put on last. */
export function levelled(pieces: readonly Piece[], masses: readonly Fraction[], aim: Aim): LevelledCurve {
  const { target, bounds } = aim
  const { terms, scale, unit } = wholeTerms(pieces, masses)
  const capped = terms.map((term) => within(term, bounds, unit, true))
  const free = bounds.cap === undefined ? null : terms.map((term) => within(term, bounds, unit, false))
  const shared = bounds.surplus === 'redistribute' ? capped : (free ?? capped)
  const { level, reached } =
    aim.level === null
      ? solved(solveLevel(shared, fraction(target.n * scale, target.d)), aim)
      : { level: aim.level, reached: 'not-sought' as const }
  const sum = clampedSum(capped, level)
  const total = fraction(sum.n, sum.d * scale)
  const through = (bounded: readonly Term[]): FittedCurve => ({
    knots: pieces.map(({ points }, i) => ({
      points,
      amount: { n: clamped(present(bounded[i]), level), d: level.d * unit },
    })),
  })
  return {
    curve: through(capped),
    uncapped: free === null ? null : through(free),
    level,
    total,
    unspent: subtract(target, total),
    reached,
    bends: bendsOf(pieces, capped, level),
  }
}

function solved(found: Level | null, { bounds }: Aim): Level {
  if (found !== null) return found
  const detail = 'The curve gives £0 to everybody, so no scale brings it to the budget. Check the costs.'
  return refuse(bounds, 'budget-unreachable', detail)
}

function wholeTerms(
  pieces: readonly Piece[],
  masses: readonly Fraction[],
): { readonly terms: readonly Term[]; readonly scale: bigint; readonly unit: bigint } {
  const people = onOneDenominator(masses)
  const money = onOneBoundedDenominator(
    pieces.flatMap(({ offset, rate, low, high }) => [offset, rate, low, high ?? low]),
  )
  const numerator = (index: number) => present(money.numerators[index])
  const terms = pieces.map(({ high }, i) => ({
    mass: present(people.numerators[i]),
    offset: numerator(4 * i),
    rate: numerator(4 * i + 1),
    low: numerator(4 * i + 2),
    high: high === null ? null : numerator(4 * i + 3),
  }))
  return { terms, scale: people.denominator * money.denominator, unit: money.denominator }
}

/** The formula's own bounds inside the request's: the request's win where they contradict each other. */
function within(term: Term, { floor = 0, cap }: Bounds, unit: bigint, withCap: boolean): Term {
  const lowest = BigInt(floor) * unit
  const highest = withCap && cap !== undefined ? BigInt(cap) * unit : null
  const low = least(term.low > lowest ? term.low : lowest, highest)
  const high = term.high === null ? highest : least(term.high > low ? term.high : low, highest)
  return { ...term, low, high }
}

function least(value: bigint, most: bigint | null): bigint {
  return most !== null && value > most ? most : value
}

function bendsOf(pieces: readonly Piece[], terms: readonly Term[], level: Fraction): readonly number[] {
  const distances = terms.map(({ offset, rate, low, high }) => {
    const value = offset * level.d + rate * level.n
    return { low: value - low * level.d, high: high === null ? null : value - high * level.d }
  })
  return pieces.slice(1).flatMap(({ points: to }, i) => {
    const from = present(pieces[i]).points
    const [before, after] = [present(distances[i]), present(distances[i + 1])]
    return [
      ...crossing(from, to, before.low, after.low),
      ...(before.high === null || after.high === null ? [] : crossing(from, to, before.high, after.high)),
    ]
  })
}

/** Where a straight line changes its sign strictly between two whole points: the one or two wholes around it. */
export function crossing(from: number, to: number, before: bigint, after: bigint): readonly number[] {
  if (before * after >= 0n) return []
  const [a, b] = [before < 0n ? -before : before, after < 0n ? -after : after]
  const way = BigInt(to - from) * a
  const whole = from + wholeNumber(way / (a + b))
  const around = way % (a + b) === 0n ? [whole] : [whole, whole + 1]
  return around.filter((points) => points > from && points < to)
}
