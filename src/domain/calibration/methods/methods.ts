// The methods by name, as a request states them.
import { fitFixed } from './fixed.ts'
import { fitIncremental, type IncrementalOptions } from './incremental.ts'
import { fitIsotonic } from './isotonic.ts'
import type { MethodFit, MethodInput } from './method-input.ts'
import { fitPercentile } from './percentile.ts'
import type { PercentileMode } from './percentile-modes.ts'

export type MethodRequest =
  | { readonly method: 'fixed' }
  | { readonly method: 'percentile'; readonly mode?: PercentileMode; readonly step?: 1 | 2 }
  | ({ readonly method: 'incremental' } & IncrementalOptions)
  | { readonly method: 'isotonic' }

/** One method's curve for a cohort and a budget, exact and not yet rounded. Refuses with named reasons. */
export function fit(request: MethodRequest, input: MethodInput): MethodFit {
  if (request.method === 'fixed') return fitFixed(input)
  if (request.method === 'isotonic') return fitIsotonic(input)
  if (request.method === 'incremental') return fitIncremental(input, request)
  const { mode = 'tie-mean', step = 1 } = request
  return fitPercentile(input, { mode, step })
}
