// What every method is given, and what it refuses before it begins.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { type Fraction, fraction } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'
import { type PointsGroup, pointsGroups } from '../cohort/points-group.ts'
import type { Fit } from './fitted-curve.ts'

/** Where money goes that a cap keeps from people: to others, to a fund for individual costing, or nowhere. */
export type Surplus = 'redistribute' | 'contingency' | 'drop'

/** Lowest and highest amount that the curve may give, in pence a year. */
export type Bounds = { readonly floor?: number; readonly cap?: number; readonly surplus: Surplus }

export type MethodInput = Bounds & {
  readonly cases: readonly Case[]
  /** Hundredths of a point. */
  readonly scaleMaximum: number
  /** Pence a year for the whole cohort. */
  readonly target: Fraction
  /** Whether the curve is to give the cohort exactly the target. */
  readonly neutral: boolean
  /** Where this method stands in the request, for refusals. */
  readonly pointer?: string
}

/** A fit with what it gives the whole cohort (exact, unrounded pence) and how far that is below the target. */
export type MethodFit = Fit & { readonly total: Fraction; readonly unspent: Fraction }

/** The cohort by points, when a method can work with it at all. */
export function checkedGroups(input: MethodInput): readonly PointsGroup[] {
  const { cases, target } = input
  if (cases.length === 0)
    refuse(input, 'cohort-empty', 'There is nobody to calibrate on. Include at least one person.')
  if (cases.every(({ points }) => points === 0))
    refuse(
      input,
      'points-all-zero',
      'Everybody has 0 points, so points cannot share the budget out. Include people with points.',
    )
  if (target.n <= 0n)
    refuse(input, 'budget-not-positive', 'The budget is not above £0. State one that is, or check the costs.')
  checkBounds(input)
  return pointsGroups(cases)
}

/** Refuses a floor or a cap that can be neither. */
export function checkBounds(input: Pick<Bounds, 'floor' | 'cap'> & { readonly pointer?: string }): void {
  const { floor = 0, cap } = input
  if (floor < 0)
    refuse(input, 'parameter-out-of-range', 'The floor is below £0. State £0 or more.', '/bounds/floor')
  if (cap !== undefined && cap <= 0)
    refuse(input, 'parameter-out-of-range', 'The cap is not above £0. State more, or no cap.', '/bounds/cap')
  if (cap !== undefined && floor > cap)
    refuse(
      input,
      'bounds-crossed',
      'The floor is above the cap. Lower one or raise the other.',
      '/bounds/floor',
    )
}

/** Ends a method with its reason. */
export function refuse(
  input: { readonly pointer?: string },
  code: CalibrationFaultCode,
  detail: string,
  at = '',
): never {
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: `${input.pointer ?? ''}${at}`, code, detail }],
  })
}

/** The highest points anyone has, in hundredths. */
export function highestPoints(groups: readonly PointsGroup[]): number {
  return present(groups.at(-1)).points
}

/** Pence as a fraction. */
export function pence(amount: number): Fraction {
  return fraction(BigInt(amount))
}
