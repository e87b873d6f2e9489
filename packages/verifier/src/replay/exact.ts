// Exact numbers: a whole number and how many of its digits stand behind the point. Nothing is ever shortened but by
// `rounded`, and there the quotient is never written as a decimal.

export type Exact = { readonly digits: bigint; readonly places: number }

export type Mode = 'half-up' | 'half-even' | 'up' | 'down'

const DECIMAL = /^([0-9]+)(?:\.([0-9]+))?$/

export const ZERO: Exact = { digits: 0n, places: 0 }
export const ONE: Exact = { digits: 1n, places: 0 }
export const PENNY: Exact = { digits: 1n, places: 2 }

/** `"28.00"`: nothing here is below zero. */
export function exact(text: unknown): Exact {
  const [, whole, fraction = ''] = typeof text === 'string' ? (DECIMAL.exec(text) ?? []) : []
  if (whole === undefined) throw new NotANumber()
  return { digits: BigInt(whole + fraction), places: fraction.length }
}

export class NotANumber extends Error {}

export function plus(a: Exact, b: Exact): Exact {
  const places = Math.max(a.places, b.places)
  return { digits: at(a, places) + at(b, places), places }
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, { ...b, digits: -b.digits })
}

export function times(a: Exact, b: Exact): Exact {
  return { digits: a.digits * b.digits, places: a.places + b.places }
}

/** Below 0, 0 or above 0, as the first is below, at or above the second. */
export function compared(a: Exact, b: Exact): number {
  const { digits } = minus(a, b)
  return digits < 0n ? -1 : digits > 0n ? 1 : 0
}

export function isZero({ digits }: Exact): boolean {
  return digits === 0n
}

/** `numerator ÷ denominator`, once, to a multiple of `to`. */
export function rounded(numerator: Exact, denominator: Exact, to: Exact, mode: Mode): Exact {
  const step = times(denominator, to)
  const places = Math.max(numerator.places, step.places)
  const [all, each] = [at(numerator, places), at(step, places)]
  const [whole, rest] = [all / each, all % each]
  const isUp =
    mode === 'up'
      ? rest > 0n
      : mode !== 'down' &&
        (rest * 2n > each || (rest * 2n === each && rest > 0n && (mode === 'half-up' || whole % 2n === 1n)))
  return times({ digits: isUp ? whole + 1n : whole, places: 0 }, to)
}

/** Two places, and each further one that is not empty. */
export function shown(value: Exact): string {
  let { digits, places } = value
  while (places > 2 && digits % 10n === 0n) {
    digits /= 10n
    places -= 1
  }
  const wide = Math.max(places, 2)
  const text = at({ digits, places }, wide)
    .toString()
    .padStart(wide + 1, '0')
  return `${text.slice(0, -wide)}.${text.slice(-wide)}`
}

function at({ digits, places }: Exact, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places)
}
