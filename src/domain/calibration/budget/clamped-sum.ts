// Solves Σ mass × clamp(offset + rate × level, low, high) = target for the level, exactly. Scaling a curve under a cap
// and moving a line between a floor and a ceiling are both this one question: the sum never falls as the level rises
// and is straight between the levels where somebody reaches a bound, so the last straight piece is solved as a fraction.

import { compare, type Fraction, fraction } from '../../number/fraction.ts'
import { present } from '../../present.ts'

/** Whole numbers, all on one denominator. `rate` and `mass` ≥ 0, `low` ≤ `high`; `high` null is no upper bound. */
export type Term = {
  readonly mass: bigint
  readonly offset: bigint
  readonly rate: bigint
  readonly low: bigint
  readonly high: bigint | null
}

/** `short`: even with everyone at the upper bound; `over`: even with everyone at the lower bound. */
export type Level = { readonly level: Fraction; readonly reached: 'exactly' | 'short' | 'over' }

/** The level at which the clamped sum is `target`; the nearest one where none is. Null when nothing moves with it. */
export function solveLevel(terms: readonly Term[], target: Fraction): Level | null {
  const levels = boundLevels(terms.filter(({ mass, rate }) => mass > 0n && rate > 0n))
  const first = levels[0]
  if (first === undefined) return null
  if (compare(clampedSum(terms, first), target) > 0) return { level: first, reached: 'over' }
  return onPieceAfter(terms, lastAtMost(terms, levels, first, target), target)
}

/** Σ mass × clamp(offset + rate × level, low, high). */
export function clampedSum(terms: readonly Term[], level: Fraction): Fraction {
  const n = terms.reduce((sum, term) => sum + term.mass * clamped(term, level), 0n)
  return { n, d: level.d }
}

/** One term's value at a level, over the level's denominator. */
export function clamped({ offset, rate, low, high }: Omit<Term, 'mass'>, { n, d }: Fraction): bigint {
  const value = offset * d + rate * n
  if (value < low * d) return low * d
  return high !== null && value > high * d ? high * d : value
}

/** Where each term leaves its lower bound and where it reaches its upper, lowest first. */
function boundLevels(terms: readonly Term[]): readonly Fraction[] {
  return terms
    .flatMap(({ offset, rate, low, high }) => [
      { n: low - offset, d: rate },
      ...(high === null ? [] : [{ n: high - offset, d: rate }]),
    ])
    .sort(compare)
}

function lastAtMost(
  terms: readonly Term[],
  levels: readonly Fraction[],
  first: Fraction,
  target: Fraction,
): Fraction {
  let found = first
  let [low, high] = [1, levels.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const level = present(levels[middle])
    if (compare(clampedSum(terms, level), target) <= 0) {
      found = level
      low = middle + 1
    } else high = middle
  }
  return found
}

/** No bound is met between this level and the answer, so the sum rises there by one slope. */
function onPieceAfter(terms: readonly Term[], from: Fraction, target: Fraction): Level {
  const sum = clampedSum(terms, from)
  if (compare(sum, target) === 0) return { level: fraction(from.n, from.d), reached: 'exactly' }
  const slope = terms.reduce((all, term) => all + (risesAfter(term, from) ? term.mass * term.rate : 0n), 0n)
  if (slope === 0n) return { level: fraction(from.n, from.d), reached: 'short' }
  // from + (target − sum) ÷ slope, where sum is over from's denominator.
  const rest = target.n * sum.d - sum.n * target.d
  return {
    level: fraction(from.n * target.d * slope + rest, from.d * target.d * slope),
    reached: 'exactly',
  }
}

function risesAfter({ offset, rate, low, high }: Term, { n, d }: Fraction): boolean {
  const value = offset * d + rate * n
  return value >= low * d && (high === null || value < high * d)
}
