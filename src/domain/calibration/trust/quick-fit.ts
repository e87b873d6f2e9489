// The methods in doubles, for resamples by the thousand. Each is tested against its exact namesake; nothing that is
// published comes from here.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { at } from '../../number/double.ts'
import type { MethodRequest } from '../methods/methods.ts'
import {
  type QuickFormula,
  type QuickInput,
  type QuickResult,
  quickFitted,
  scaledPieces,
} from './quick-formula.ts'
import { isotonicFormula } from './quick-isotonic.ts'
import { incrementalFormula } from './quick-lines.ts'
import { quickMoments } from './quick-moments.ts'
import { percentileAmounts } from './quick-percentile.ts'
import { shapeFormula } from './quick-shape.ts'
import type { Sample } from './sample.ts'

/** What a method makes of a sample; or the code of its refusal. */
export function quickFit(request: MethodRequest, input: QuickInput): QuickResult {
  const { sample, target } = input
  if (sample.points.length === 0) return { fitted: false, code: 'cohort-empty' }
  if (at(sample.points, sample.points.length - 1) === 0) return { fitted: false, code: 'points-all-zero' }
  // Also where a share of no spend is no number at all.
  if (!(target > 0)) return { fitted: false, code: 'budget-not-positive' }
  const formula = formulaOf(request, input)
  return typeof formula === 'string' ? { fitted: false, code: formula } : quickFitted(input, formula)
}

function formulaOf(
  request: MethodRequest,
  { sample, target, bounds }: QuickInput,
): QuickFormula | CalibrationFaultCode {
  const { scaleMaximum } = bounds
  if (request.method === 'fixed') return fixedFormula(sample, target)
  if (request.method === 'isotonic') return isotonicFormula(sample, scaleMaximum)
  if (request.method !== 'percentile') return incrementalFormula(sample, scaleMaximum, request)
  const { mode = 'tie-mean', step = 1 } = request
  return shapeFormula(sample.points, percentileAmounts(sample, mode, step), scaleMaximum)
}

function fixedFormula(sample: Sample, target: number): QuickFormula {
  const price = target / quickMoments(sample).p1
  return { piecesAt: (here) => scaledPieces(here.map((own) => own * price)), ownLevel: 1, kinks: [] }
}
