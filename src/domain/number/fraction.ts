// Exact fractions of pence, for sums that must come out to the penny: a share of a budget is rarely a whole number
// of pence, and is rounded once, when a table is published.

/** `n ÷ d`, with d > 0. Not always in lowest terms. */
export type Fraction = { readonly n: bigint; readonly d: bigint }

export const ZERO: Fraction = { n: 0n, d: 1n }

export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 0n) throw new Error('a fraction has a denominator')
  return reduced(d < 0n ? -n : n, d < 0n ? -d : d)
}

export function add(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d)
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { n: -b.n, d: b.d })
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d)
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n)
}

/** Below 0, 0 or above 0, as a is less than, equal to or greater than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}

/** The nearest whole number, halves away from zero. */
export function roundHalfUp({ n, d }: Fraction): bigint {
  const size = n < 0n ? -n : n
  const whole = (2n * size + d) / (2n * d)
  return n < 0n ? -whole : whole
}

// Kept small, so that long sums stay fast.
function reduced(n: bigint, d: bigint): Fraction {
  if (d === 1n) return { n, d }
  let [a, b] = [n < 0n ? -n : n, d]
  while (b !== 0n) [a, b] = [b, a % b]
  return a <= 1n ? { n, d } : { n: n / a, d: d / a }
}
