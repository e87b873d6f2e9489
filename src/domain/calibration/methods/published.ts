// A fitted curve as a table prints it, and what each person gets from the printed table: everything a cabinet is
// shown is calculated from the rounded knots, by the formula of the engine (curve.ts), rounded once.

import type { Knot } from '../../../contract/documents/calibration-table.ts'
import { onOneDenominator } from '../../number/common-denominator.ts'
import { hundredthsText, penceOf } from '../../number/decimal-fraction.ts'
import { type Fraction, fraction, roundHalfUp, subtract } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'
import type { FittedCurve } from './fitted-curve.ts'

/** The knots with amounts rounded half-up to whole units (pence: 1 is a penny, 100 a pound). Still never falls. */
export function publishedKnots({ curve }: { readonly curve: FittedCurve }, unit: number): readonly Knot[] {
  return curve.knots.map(({ points, amount }) => ({
    points: hundredthsText(points),
    amountAnnual: hundredthsText(roundedTo(amount, unit)),
  }))
}

/** What each case gets, in pence a year, rounded once to the unit. The knots begin at 0; above the last it is held. */
export function amountsOf(
  knots: readonly Knot[],
  cases: readonly Pick<Case, 'points'>[],
  unit: number,
): readonly number[] {
  const read = reader(knots, unit)
  const known = new Map<number, number>()
  return cases.map(({ points }) => {
    const before = known.get(points)
    if (before !== undefined) return before
    const amount = read(points)
    known.set(points, amount)
    return amount
  })
}

/** What rounding adds to the fit's exact total: pence, below 0 where the rounded amounts come to less. */
export function roundingDifference(
  fit: { readonly total: Fraction },
  amounts: readonly number[],
  cases: readonly Case[],
): Fraction {
  const sum = cases.reduce((all, { weight }, i) => all + BigInt(weight) * BigInt(present(amounts[i])), 0n)
  return subtract(fraction(sum, 10_000n), fit.total)
}

function reader(knots: readonly Knot[], unit: number): (points: number) => number {
  // Hundredths and pence, on denominators of their own so that a knot may have more places than two.
  const places = onOneDenominator(knots.map(({ points }) => penceOf(points)))
  const money = onOneDenominator(knots.map(({ amountAnnual }) => penceOf(amountAnnual)))
  return (points) => {
    const here = BigInt(points) * places.denominator
    const to = firstAbove(places.numerators, here)
    const amount =
      to === places.numerators.length
        ? { n: present(money.numerators.at(-1)), d: money.denominator }
        : between(places.numerators, money, to, here)
    return wholeNumber(roundedTo(amount, unit))
  }
}

function between(
  points: readonly bigint[],
  money: { readonly numerators: readonly bigint[]; readonly denominator: bigint },
  to: number,
  here: bigint,
): Fraction {
  const [p0, p1] = [present(points[to - 1]), present(points[to])]
  const [a0, a1] = [present(money.numerators[to - 1]), present(money.numerators[to])]
  return { n: a0 * (p1 - here) + a1 * (here - p0), d: (p1 - p0) * money.denominator }
}

function firstAbove(points: readonly bigint[], here: bigint): number {
  let [low, high] = [1, points.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (present(points[middle]) > here) high = middle
    else low = middle + 1
  }
  return low
}

function roundedTo({ n, d }: Fraction, unit: number): bigint {
  return roundHalfUp({ n, d: d * BigInt(unit) }) * BigInt(unit)
}
