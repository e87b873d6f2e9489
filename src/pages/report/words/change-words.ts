// Classes of change and tenths of present cost, as people say them.
import type { JoinedTenth } from '../../../contract/calibration/effects.ts'
import type { ChangeClass } from '../../../contract/limits.ts'

/** The limits of a class in per cent; null where it has none. */
const LIMITS: Readonly<Record<Exclude<ChangeClass, 'withoutCost'>, readonly [number | null, number | null]>> =
  {
    muchMore: [25, null],
    more: [5, 25],
    same: [-5, 5],
    less: [-25, -5],
    muchLess: [null, -25],
  }

/** One class, or neighbours joined: ["less", "muchLess"] is "more than 5% less". */
export function classWords(classes: readonly ChangeClass[]): string {
  const changes = classes.filter((one) => one !== 'withoutCost')
  const without = changes.length < classes.length
  const [first, last] = [changes[0], changes.at(-1)]
  if (first === undefined || last === undefined) return 'no cost now'
  const words = rangeWords(LIMITS[last][0], LIMITS[first][1])
  return without ? `no cost now, or ${words}` : words
}

function rangeWords(low: number | null, high: number | null): string {
  if (low === null) return high === null ? 'any change' : boundWords(high, 'less')
  if (high === null) return boundWords(low, 'more')
  if (low === -high) return `within ${high}%`
  if (low > 0) return `${low} to ${high}% more`
  return high < 0 ? `${-high} to ${-low}% less` : `${-low}% less to ${high}% more`
}

// "More than 25% more"; what begins on the other side of no change is "at most 5% less, or more".
function boundWords(limit: number, side: 'more' | 'less'): string {
  const outward = side === 'more' ? limit > 0 : limit < 0
  const size = Math.abs(limit)
  return outward
    ? `more than ${size}% ${side}`
    : `at most ${size}% ${side === 'more' ? 'less' : 'more'}, or ${side}`
}

/** "the cheapest tenth", "the dearest half", "tenths 3 to 5". */
export function tenthWords({ from, to }: Pick<JoinedTenth, 'from' | 'to'>): string {
  if (from === 1 && to === 10) return 'everybody'
  const size = to - from === 0 ? 'tenth' : to - from === 4 ? 'half' : `${PARTS[to - from + 1]} tenths`
  if (from === 1) return `the cheapest ${size}`
  if (to === 10) return `the dearest ${size}`
  return from === to ? `tenth ${from}` : `tenths ${from} to ${to}`
}

const PARTS: readonly string[] = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
