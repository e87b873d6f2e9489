// The normal and the chi-square distribution, for intervals and tests of a cohort. In decimals of 40 digits from their
// series, so that a figure is the same on every machine; it is only printed to a few places.
import type { Decimal } from './decimal.ts'
import { Diagnostic } from './figures.ts'

const ENOUGH = new Diagnostic('1e-30')
const PI = Diagnostic.acos(-1)
const HALF = new Diagnostic('0.5')

/** The point below which a share of a standard normal distribution lies: normalQuantile(0.975) = 1.959964. */
export function normalQuantile(share: Decimal): Decimal {
  if (share.lessThan(HALF)) return normalQuantile(new Diagnostic(1).minus(share)).negated()
  // From 0 upwards the distribution bends downwards, so each of Newton's steps falls short and none oversteps.
  let [at, step] = [new Diagnostic(0), new Diagnostic(1)]
  while (step.abs().greaterThan(ENOUGH)) {
    step = share.minus(normalShare(at)).div(normalDensity(at))
    at = at.plus(step)
  }
  return at
}

/** The share of a standard normal distribution below a point ≥ 0. */
export function normalShare(at: Decimal): Decimal {
  let [term, sum] = [at, at]
  for (let k = 3; term.greaterThan(ENOUGH); k += 2) {
    term = term.times(at).times(at).div(k)
    sum = sum.plus(term)
  }
  return HALF.plus(normalDensity(at).times(sum))
}

function normalDensity(at: Decimal): Decimal {
  return at.times(at).div(-2).exp().div(PI.times(2).sqrt())
}

/** How often chance alone gives a chi-square of at least `statistic`, with so many degrees of freedom (≥ 1). */
export function chiSquareTail(statistic: Decimal, degrees: number): Decimal {
  // Beyond this the tail is below any place that is printed, and the series would be long.
  if (statistic.greaterThan(10 * degrees + 400)) return new Diagnostic(0)
  const [x, a] = [statistic.div(2), HALF.times(degrees)]
  let term = x.isZero()
    ? x
    : x
        .pow(a)
        .times(x.negated().exp())
        .div(gammaOfHalves(degrees + 2))
  let sum = term
  // The terms grow before they shrink: a small one is the end only past the largest.
  for (let k = 1; term.greaterThan(ENOUGH) || a.plus(k).lessThan(x); k += 1) {
    term = term.times(x).div(a.plus(k))
    sum = sum.plus(term)
  }
  return Diagnostic.max(0, new Diagnostic(1).minus(sum))
}

/** Γ(halves ÷ 2), for halves ≥ 1. */
function gammaOfHalves(halves: number): Decimal {
  let value = halves % 2 === 0 ? new Diagnostic(1) : PI.sqrt()
  for (let k = halves - 2; k > 0; k -= 2) value = value.times(k).div(2)
  return value
}
