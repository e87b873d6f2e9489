// What every method is given, and what it refuses before it begins.
import type { Surplus } from '../../../contract/calibration/method.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { Refusal } from '../../../contract/refusal.ts'
import type { Fraction } from '../../number/fraction.ts'
import type { Case } from '../cohort/case.ts'
import type { Fit } from './fitted-curve.ts'

/** Lowest and highest amount that the curve may give, in pence a year. */
export type Bounds = { readonly floor?: number; readonly cap?: number; readonly surplus: Surplus }

export type MethodInput = Bounds &
  At & {
    readonly cases: readonly Case[]
    /** Hundredths of a point. */
    readonly scaleMaximum: number
    /** Pence a year for the whole cohort. */
    readonly target: Fraction
    /** Whether the curve is to give the cohort exactly the target. */
    readonly neutral: boolean
  }

/** A fit with what it gives the whole cohort (exact, unrounded pence) and how far that is below the target. */
export type MethodFit = Fit & { readonly total: Fraction; readonly unspent: Fraction }

/** Refuses a floor or a cap that can be neither. */
export function checkBounds(input: Pick<Bounds, 'floor' | 'cap'> & At): void {
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

/** Where a method stands in a request, for its refusals. */
export type At = { readonly pointer?: string }

/** Ends a method with its reason. */
export function refuse({ pointer = '' }: At, code: CalibrationFaultCode, detail: string, at = ''): never {
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: `${pointer}${at}`, code, detail }],
  })
}
