// The curves of one method: one for everybody, or one a group, each fitted to its budget, printed in the table's unit,
// and read back for every person as the engine would.

import type { Warning } from '../../contract/calibration/figures.ts'
import type { CompleteMethod } from '../../contract/calibration/method.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { CurveCap, FittedCurve } from '../../contract/calibration/run-results.ts'
import type { Adjustment, Knot } from '../../contract/documents/calibration-table.ts'
import { currentSpend, targetOf } from '../../domain/calibration/budget/budget.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { peopleOf } from '../../domain/calibration/cohort/sampling.ts'
import { fit } from '../../domain/calibration/methods/fit.ts'
import type { MethodFit, MethodInput } from '../../domain/calibration/methods/method-input.ts'
import { amountsOf, publishedKnots, roundingDifference } from '../../domain/calibration/methods/published.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { fractionOf, hundredthsIn, hundredthsText } from '../../domain/number/decimal-fraction.ts'
import { byName, poundsOf } from '../../domain/number/figures.ts'
import { type Fraction, fraction, multiply, roundHalfUp } from '../../domain/number/fraction.ts'
import { inPoundsAndPence } from '../../domain/number/in-words.ts'
import { wholeNumber } from '../../domain/number/whole-number.ts'

/** People who share a curve, with their places among all included people. */
export type CurveGroup = {
  readonly userGroups: 'all' | readonly string[]
  readonly cases: readonly Case[]
  readonly places: readonly number[]
  /** Pence a year. */
  readonly target: Fraction
}

/** Who shares a curve, and the part of the budget that is theirs: a stated sum follows what each group costs now. */
export function curveGroups(request: ComputedRequest, cases: readonly Case[]): readonly CurveGroup[] {
  const whole = targetOf(request.budget, cases)
  const everybody = cases.map((_, i) => i)
  if (request.groups === 'all') return [{ userGroups: 'all', cases, places: everybody, target: whole }]
  const spend = currentSpend(cases)
  const groups = [...Map.groupBy(everybody, (i) => cases[i]?.userGroup ?? '')]
  return groups
    .sort(([a], [b]) => byName(a, b))
    .map(([group, places]) => {
      const own = places.flatMap((i) => cases[i] ?? [])
      // Without any spend, nothing can be shared by it: the method then refuses a budget of nothing by name.
      const share = spend.n === 0n ? fraction(0n) : multiply(whole, quotient(currentSpend(own), spend))
      return { userGroups: [group], cases: own, places, target: share }
    })
}

export function methodInput(
  { bounds: { floor, cap, surplus }, neutral }: CompleteMethod,
  { cases, target }: CurveGroup,
  scaleMaximum: number,
  pointer: string,
): MethodInput {
  return {
    cases,
    scaleMaximum,
    target,
    neutral,
    surplus,
    pointer,
    ...(floor === undefined ? {} : { floor: hundredthsIn(floor) }),
    ...(cap === undefined ? {} : { cap: hundredthsIn(cap) }),
  }
}

/** A curve as the table prints it, and what each of its people gets, in pence, before and after the adjustments. */
export function fitCurve(
  method: CompleteMethod,
  group: CurveGroup,
  { rounding, adjustments }: ComputedRequest,
  scaleMaximum: number,
  pointer: string,
): { readonly result: FittedCurve; readonly base: readonly number[]; readonly amounts: readonly number[] } {
  const found = fit(method, methodInput(method, group, scaleMaximum, pointer))
  const unit = hundredthsIn(rounding.to)
  const knots = publishedKnots(found, unit)
  const base = amountsOf(knots, group.cases, unit)
  const amounts = adjustments.length === 0 ? base : amountsOf(adjusted(knots, adjustments), group.cases, unit)
  const { coefficients, total, unspent } = found
  const cap = capResult(method, found, group.cases, { rounding, adjustments })
  const warnings = cap === null ? found.warnings : [...found.warnings, capWarning(cap, adjustments)]
  const result: FittedCurve = {
    userGroups: group.userGroups,
    coefficients,
    warnings,
    target: poundsOf(group.target),
    total: poundsOf(total),
    unspent: poundsOf(unspent),
    roundingDifference: poundsOf(roundingDifference(found, base, group.cases)),
    knots,
    ...(cap === null ? {} : { cap }),
  }
  return { result, base, amounts }
}

function capResult(
  { bounds: { cap } }: CompleteMethod,
  { uncapped }: MethodFit,
  cases: readonly Case[],
  { rounding, adjustments }: Pick<ComputedRequest, 'rounding' | 'adjustments'>,
): CurveCap | null {
  if (cap === undefined || uncapped === null) return null
  const unit = hundredthsIn(rounding.to)
  const most = capInTable(cap, adjustments, unit)
  const uncappedKnots = publishedKnots({ curve: uncapped }, unit)
  const amounts = amountsOf(adjusted(uncappedKnots, adjustments), cases, unit)
  const above = cases.filter((_, i) => (amounts[i] ?? 0) > most)
  return {
    amountAnnual: hundredthsText(hundredthsIn(cap)),
    inTableAnnual: hundredthsText(most),
    above: { rows: above.length, people: peopleOf(above) },
    uncappedKnots,
  }
}

// Pence. The engine compares after its adjustments and its rounding, so the cap goes through both.
function capInTable(cap: string, adjustments: readonly Adjustment[], unit: number): number {
  const most = adjustments.reduce((product, one) => product.times(one.factor), decimal(cap))
  const pence = multiply(fractionOf(most.toFixed()), fraction(100n))
  return wholeNumber(roundHalfUp({ n: pence.n, d: pence.d * BigInt(unit) })) * unit
}

function capWarning({ amountAnnual, inTableAnnual }: CurveCap, adjustments: readonly Adjustment[]): Warning {
  const after =
    adjustments.length === 0
      ? ''
      : ` The adjustments come after the cap: in the table it is ${inPoundsAndPence(inTableAnnual)}.`
  const detail = `The cap of ${inPoundsAndPence(amountAnnual)} takes nothing from anybody. The table refers anyone who would get more to individual costing, and shows what they would get; here they count with the cap.${after} Contingency is held after it.`
  return { code: 'cap-refers', detail }
}

// The engine multiplies the unrounded amount by every factor and rounds once; so do the knots, multiplied exactly.
function adjusted(knots: readonly Knot[], adjustments: readonly Adjustment[]): readonly Knot[] {
  const factor = adjustments.reduce((product, one) => product.times(one.factor), decimal('1'))
  return knots.map(({ points, amountAnnual }) => ({
    points,
    amountAnnual: decimal(amountAnnual).times(factor).toFixed(),
  }))
}

function quotient(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n)
}
