// The methods by name, as a request states them. "Linear regression to allocate an increasing amount to individuals with
// higher points" (B&NES 2012's Incremental) can be read in three ways. Each is a method of its own, by its own name:
// line, rising-price and bounded-line, and none is passed off as the printed one.
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { entryAt } from '../../number/double.ts'
import { type Fitted, fitToBudget } from '../budget/fit-to-budget.ts'
import { boundedLineShape, checkBoundedLine } from './bounded-line.ts'
import { fixedShape } from './fixed.ts'
import { isotonicShape } from './isotonic.ts'
import { checkLine, lineShape } from './line.ts'
import type { At, Bounds } from './method-input.ts'
import { percentileShape } from './percentile.ts'
import { risingPriceShape } from './rising-price.ts'
import { type Frame, type Refused, refused, type Shape } from './shape.ts'

/** Refuses what is stated of a method and no cohort could be fitted with. */
export function checkMethod(at: At, request: MethodRequest): void {
  if (request.method === 'line') checkLine(at, request)
  if (request.method === 'bounded-line') checkBoundedLine(at, request)
}

export type ShapeFitted<N> = Fitted<N> & { readonly shape: Shape<N> }

export type Methods<N> = {
  /** A method's curve for a sample and a budget; or why there is none. */
  readonly fit: (request: MethodRequest, frame: Frame<N>, bounds: Bounds) => ShapeFitted<N> | Refused
}

/** All methods in one arithmetic. */
export function methodsIn<N>(arithmetic: Arithmetic<N>): Methods<N> {
  const shapeOf = (request: MethodRequest, frame: Frame<N>): Shape<N> | Refused => {
    switch (request.method) {
      case 'fixed':
        return fixedShape(arithmetic, frame)
      case 'percentile':
        return percentileShape(arithmetic, frame, request)
      case 'line':
        return lineShape(arithmetic, frame, request)
      case 'rising-price':
        return risingPriceShape(arithmetic, frame)
      case 'bounded-line':
        return boundedLineShape(arithmetic, frame, request)
      case 'isotonic':
        return isotonicShape(arithmetic, frame)
    }
  }
  return {
    fit: (request, frame, bounds) => {
      const impossible = impossibleFor(arithmetic, frame)
      if (impossible !== null) return impossible
      const shape = shapeOf(request, frame)
      if ('refused' in shape) return shape
      const fitted = fitToBudget(arithmetic, frame, shape, bounds)
      return 'refused' in fitted ? fitted : { ...fitted, shape }
    },
  }
}

// Also where a share of no spend is no number at all.
function impossibleFor<N>({ compare, whole }: Arithmetic<N>, { sample, target }: Frame<N>): Refused | null {
  const { points } = sample
  if (points.length === 0)
    return refused('cohort-empty', 'There is nobody to calibrate on. Include at least one person.')
  if (entryAt(points, points.length - 1) === 0)
    return refused(
      'points-all-zero',
      'Everybody has 0 points, so points cannot share the budget out. Include people with points.',
    )
  if (compare(target, whole(0)) > 0) return null
  return refused('budget-not-positive', 'The budget is not above £0. State one that is, or check the costs.')
}
