// Incremental: "linear regression to allocate an increasing amount to individuals with higher points" (B&NES 2012)
// can be read in three ways. Each is offered by its own name, and none is passed off as the printed one.
import { type BoundedLineOptions, fitBoundedLine } from './bounded-line.ts'
import { fitLine, type LineOptions } from './line.ts'
import type { MethodFit, MethodInput } from './method-input.ts'
import { fitRisingPrice } from './rising-price.ts'

export type IncrementalOptions =
  | ({ readonly reading: 'line' } & LineOptions)
  | { readonly reading: 'rising-price' }
  | ({ readonly reading: 'bounded-line' } & BoundedLineOptions)

/** The reading that was asked for. */
export function fitIncremental(input: MethodInput, options: IncrementalOptions): MethodFit {
  if (options.reading === 'line') return fitLine(input, options)
  if (options.reading === 'rising-price') return fitRisingPrice(input)
  return fitBoundedLine(input, options)
}
