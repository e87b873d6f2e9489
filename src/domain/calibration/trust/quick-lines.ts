// The three readings of "incremental" in doubles: what ../line.ts, ../rising-price.ts and ../bounded-line.ts say
// exactly.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { at, textDouble } from '../../number/double.ts'
import type { LineOptions } from '../methods/line.ts'
import type { MethodRequest } from '../methods/methods.ts'
import { type BoundedNumbers, searchQuickBounds } from './quick-bounded-search.ts'
import { crossing, distance, type QuickFormula, scaledPieces, unlimited } from './quick-formula.ts'
import { type QuickMoments, quickMoments } from './quick-moments.ts'
import type { Sample } from './sample.ts'

/** Slope in pence a hundredth of a point, intercept in pence. */
export type QuickLine = { readonly slope: number; readonly intercept: number }

/** The reading as a formula, or the code of its refusal. */
export function incrementalFormula(
  sample: Sample,
  scaleMaximum: number,
  options: Extract<MethodRequest, { method: 'line' | 'rising-price' | 'bounded-line' }>,
): QuickFormula | CalibrationFaultCode {
  if (options.method === 'rising-price') return risingPrice(sample, scaleMaximum)
  if (options.method === 'bounded-line') return boundedLine(sample, options)
  const line = risingLine(sample)
  if (typeof line === 'string') return line
  const under = floorLine(options.floor)
  return options.neutralise === 'shift' ? shiftedLine(line, under) : scaledLine(line, under, scaleMaximum)
}

function risingLine(sample: Sample): QuickLine | CalibrationFaultCode {
  const { points, pointsWeight, pointsSpend, weight, spend } = sample
  if (points.length < 2) return 'points-all-equal'
  const [meanPoints, meanCost] = [quickMoments(sample).p1 / weight, spend / weight]
  let [squares, products] = [0, 0]
  for (let i = 0; i < points.length; i += 1) {
    const away = at(points, i) - meanPoints
    squares += at(pointsWeight, i) * away * away
    products += away * (at(pointsSpend, i) - at(pointsWeight, i) * meanCost)
  }
  const slope = products / squares
  // Equal costs are a slope of 0, which doubles may miss by a hair.
  const rise = slope * (at(points, points.length - 1) - at(points, 0))
  if (rise <= 1e-12 * meanCost) return 'slope-not-positive'
  return { slope, intercept: meanCost - slope * meanPoints }
}

function floorLine(floor: LineOptions['floor']): QuickLine {
  if (floor === undefined) return { slope: 0, intercept: 0 }
  return floor.kind === 'amount'
    ? { slope: 0, intercept: textDouble(floor.amountAnnual) * 100 }
    : { slope: textDouble(floor.pricePerPoint), intercept: 0 }
}

function scaledLine(line: QuickLine, under: QuickLine, scaleMaximum: number): QuickFormula {
  const start = distance(line.intercept, under.intercept)
  const end = distance(lineAt(line, scaleMaximum), lineAt(under, scaleMaximum))
  return {
    piecesAt: (here) =>
      scaledPieces(here.map((points) => Math.max(lineAt(line, points), lineAt(under, points)))),
    ownLevel: 1,
    kinks: start * end < 0 ? crossing(0, scaleMaximum, start, end) : [],
  }
}

function shiftedLine(line: QuickLine, under: QuickLine): QuickFormula {
  return {
    piecesAt: (here) => ({
      offset: here.map((points) => line.slope * points),
      rate: new Float64Array(here.length).fill(1),
      low: here.map((points) => lineAt(under, points)),
      high: unlimited(here.length),
    }),
    ownLevel: line.intercept,
    kinks: [],
  }
}

function boundedLine(
  sample: Sample,
  { line, floorPrice, ceilingPrice }: Extract<MethodRequest, { method: 'bounded-line' }>,
): QuickFormula | CalibrationFaultCode {
  const given: Partial<BoundedNumbers> = {
    ...(line && { slope: textDouble(line.slope), intercept: textDouble(line.intercept) * 100 }),
    ...(floorPrice !== undefined && { floor: textDouble(floorPrice) }),
    ...(ceilingPrice !== undefined && { ceiling: textDouble(ceilingPrice) }),
  }
  if (line === undefined) {
    const refused = risingLine(sample)
    if (typeof refused === 'string') return refused
  }
  const found = isWhole(given) ? given : searchQuickBounds(sample, given)
  return typeof found === 'string' ? found : clippedLine(found)
}

function isWhole(given: Partial<BoundedNumbers>): given is BoundedNumbers {
  return given.slope !== undefined && given.floor !== undefined && given.ceiling !== undefined
}

function clippedLine({ slope, intercept, floor, ceiling }: BoundedNumbers): QuickFormula {
  return {
    piecesAt: (here) => ({
      offset: here.map((points) => slope * points),
      rate: new Float64Array(here.length).fill(1),
      low: here.map((points) => floor * points),
      high: here.map((points) => ceiling * points),
    }),
    ownLevel: intercept,
    kinks: [],
  }
}

function risingPrice(sample: Sample, scaleMaximum: number): QuickFormula | CalibrationFaultCode {
  if (sample.points.filter((points) => points > 0).length < 2) return 'points-all-equal'
  const line = risingLine(sample)
  if (typeof line === 'string') return line
  const { alpha, beta } = pricesOf(quickMoments(sample), scaleMaximum)
  return {
    piecesAt: (here) => scaledPieces(here.map((points) => points * (alpha + beta * points))),
    ownLevel: 1,
    kinks: Array.from({ length: 99 }, (_, i) => Math.floor(((i + 1) * scaleMaximum) / 100)),
  }
}

// Held to a price that does not start below 0, and to a curve that does not fall before the top of the scale.
function pricesOf(
  { p2, p3, p4, cost1, cost2 }: QuickMoments,
  scaleMaximum: number,
): { readonly alpha: number; readonly beta: number } {
  const spread = p2 * p4 - p3 * p3
  const alpha = (cost1 * p4 - cost2 * p3) / spread
  const beta = (p2 * cost2 - p3 * cost1) / spread
  const top = 2 * scaleMaximum
  if (alpha < 0) return { alpha: 0, beta: cost2 / p4 }
  if (alpha + beta * top >= 0) return { alpha, beta }
  const held = (top * (top * cost1 - cost2)) / (top * top * p2 - 2 * top * p3 + p4)
  return { alpha: held, beta: -held / top }
}

function lineAt({ slope, intercept }: QuickLine, points: number): number {
  return intercept + slope * points
}
