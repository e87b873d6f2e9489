// What every method ends as: knots, exact and not yet rounded. People get what the table gives, so budgets, impact and
// bands are all evaluated through these knots and never through a formula behind them.
import type { Warning } from '../../../contract/calibration/figures.ts'
import type { Fraction } from '../../number/fraction.ts'

/** Points in hundredths; the amount is a number of pence a year. */
export type Knot<N> = { readonly points: number; readonly amount: N }

/** Knots rise strictly in points, from 0 to the scale's maximum, and never fall in amount. At most 1,001. */
export type Curve<N> = { readonly knots: readonly Knot<N>[] }

export type FittedCurve = Curve<Fraction>

/** A method's curve for one set of cases, with what it was made from. */
export type Fit = {
  readonly curve: FittedCurve
  /** What it would be without the cap: what a table shows of those it refers. Null where there is no cap. */
  readonly uncapped: FittedCurve | null
  /** The method's own numbers as decimal strings (at most 10 places): a rate, a slope, a scale. */
  readonly coefficients: Readonly<Record<string, string>>
  readonly warnings: readonly Warning[]
}
