// In doubles what ../clamped-sum.ts solves exactly: the level at which Σ mass × clamp(offset + rate × level, low, high)
// is the target. Newton's steps, kept inside a bracket: on a sum of straight pieces they land on the right piece soon.
import { at } from '../../number/double.ts'

/** `rate` and `mass` ≥ 0, `low` ≤ `high`; `high` may be infinite, for all terms or none. */
export type QuickTerms = {
  readonly mass: Float64Array
  readonly offset: Float64Array
  readonly rate: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

const STEPS = 200
const NEAR = 1e-14

/** The level; the nearest one where no level gives the target. Null when nothing moves with it. */
export function quickLevel(terms: QuickTerms, target: number): number | null {
  const bracket = bracketOf(terms, target)
  if (bracket === null) return null
  let [from, to] = bracket
  if (sumAndSlope(terms, from).sum >= target) return from
  if (sumAndSlope(terms, to).sum <= target) return to
  let level = (from + to) / 2
  for (let step = 0; step < STEPS; step += 1) {
    const { sum, slope } = sumAndSlope(terms, level)
    if (Math.abs(sum - target) <= NEAR * target) break
    if (sum < target) from = level
    else to = level
    const next = level + (target - sum) / slope
    // A flat piece has no slope to step along, and a step out of the bracket would have left the answer behind.
    level = next > from && next < to ? next : (from + to) / 2
  }
  return level
}

/** What the terms come to at a level. */
export function quickClamped({ offset, rate, low, high }: QuickTerms, level: number): Float64Array {
  const values = new Float64Array(offset.length)
  for (let i = 0; i < values.length; i += 1)
    values[i] = Math.min(at(high, i), Math.max(at(low, i), at(offset, i) + at(rate, i) * level))
  return values
}

// From the level where the first term leaves its lower bound to the one where the last reaches its upper; without an
// upper bound, to where all of them together would make the target.
function bracketOf({ mass, offset, rate, low, high }: QuickTerms, target: number): [number, number] | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [offsets, rates] = [0, 0]
  let bounded = true
  for (let i = 0; i < mass.length; i += 1) {
    if (at(mass, i) <= 0 || at(rate, i) <= 0) continue
    const leaves = (at(low, i) - at(offset, i)) / at(rate, i)
    const reaches = (at(high, i) - at(offset, i)) / at(rate, i)
    bounded = bounded && reaches !== Number.POSITIVE_INFINITY
    from = Math.min(from, leaves)
    to = Math.max(to, bounded ? reaches : leaves)
    offsets += at(mass, i) * at(offset, i)
    rates += at(mass, i) * at(rate, i)
  }
  if (rates === 0) return null
  return [from, bounded ? to : Math.max(to, (target - offsets) / rates)]
}

function sumAndSlope(
  { mass, offset, rate, low, high }: QuickTerms,
  level: number,
): { readonly sum: number; readonly slope: number } {
  let [sum, slope] = [0, 0]
  for (let i = 0; i < mass.length; i += 1) {
    const value = at(offset, i) + at(rate, i) * level
    if (value < at(low, i)) sum += at(mass, i) * at(low, i)
    else if (value > at(high, i)) sum += at(mass, i) * at(high, i)
    else {
      sum += at(mass, i) * value
      slope += at(mass, i) * at(rate, i)
    }
  }
  return { sum, slope }
}
