// The methods by name, as a request states them. "Linear regression to allocate an increasing amount to individuals with
// higher points" (B&NES 2012's Incremental) can be read in three ways. Each is a method of its own, by its own name:
// line, rising-price and bounded-line, and none is passed off as the printed one.
import { type BoundedLineOptions, fitBoundedLine } from './bounded-line.ts'
import { fitFixed } from './fixed.ts'
import { fitIsotonic } from './isotonic.ts'
import { fitLine, type LineOptions } from './line.ts'
import type { MethodFit, MethodInput } from './method-input.ts'
import { fitPercentile } from './percentile.ts'
import type { PercentileMode } from './percentile-modes.ts'
import { fitRisingPrice } from './rising-price.ts'

export type MethodRequest =
  | { readonly method: 'fixed' }
  | { readonly method: 'percentile'; readonly mode?: PercentileMode; readonly step?: 1 | 2 }
  | ({ readonly method: 'line' } & LineOptions)
  | { readonly method: 'rising-price' }
  | ({ readonly method: 'bounded-line' } & BoundedLineOptions)
  | { readonly method: 'isotonic' }

/** One method's curve for a cohort and a budget, exact and not yet rounded. Refuses with named reasons. */
export function fit(request: MethodRequest, input: MethodInput): MethodFit {
  switch (request.method) {
    case 'fixed':
      return fitFixed(input)
    case 'percentile': {
      const { mode = 'tie-mean', step = 1 } = request
      return fitPercentile(input, { mode, step })
    }
    case 'line':
      return fitLine(input, request)
    case 'rising-price':
      return fitRisingPrice(input)
    case 'bounded-line':
      return fitBoundedLine(input, request)
    case 'isotonic':
      return fitIsotonic(input)
  }
}
