// Many fractions on one denominator, so that sums over a whole curve are sums of whole numbers.
import { type Fraction, roundHalfUp } from './fraction.ts'

export type OnOneDenominator = { readonly numerators: readonly bigint[]; readonly denominator: bigint }

/** The same fractions exactly, all over their least common denominator. */
export function onOneDenominator(values: readonly Fraction[]): OnOneDenominator {
  const denominator = leastCommon(values)
  return { numerators: values.map(({ n, d }) => n * (denominator / d)), denominator }
}

// Ties of a thousand sizes still fit; a thousand unrelated weights do not, and would make every later sum crawl.
const LARGEST = 2n ** 2048n
const PLACES = 10n ** 10n

/**
 * The same, but where the fractions have so little in common that sums would grow without bound, each is first fixed
 * to ten decimals. That keeps order and sign; a budget is met on the fixed numbers, so it is still met exactly.
 */
export function onOneBoundedDenominator(values: readonly Fraction[]): OnOneDenominator {
  const denominator = leastCommon(values, LARGEST)
  if (denominator <= LARGEST)
    return { numerators: values.map(({ n, d }) => n * (denominator / d)), denominator }
  return { numerators: values.map(({ n, d }) => roundHalfUp({ n: n * PLACES, d })), denominator: PLACES }
}

// Stops counting once it is beyond `enough`.
function leastCommon(values: readonly Fraction[], enough?: bigint): bigint {
  let common = 1n
  for (const { d } of values) {
    if (common % d !== 0n) common = (common / greatestCommon(common, d)) * d
    if (enough !== undefined && common > enough) break
  }
  return common
}

function greatestCommon(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
