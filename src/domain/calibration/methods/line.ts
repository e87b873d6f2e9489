// Incremental, read as a straight line of cost on points with a floor under it.

import { decimalText, fractionOf, penceOf } from '../../number/decimal-fraction.ts'
import { compare, type Fraction, ZERO } from '../../number/fraction.ts'
import { ONE, scaled } from '../budget/budget.ts'
import { type Formula, fitted } from '../budget/fit-to-budget.ts'
import { crossing } from '../budget/levelled-curve.ts'
import type { PointsGroup } from '../cohort/points-group.ts'
import type { Warning } from './fitted-curve.ts'
import { checkedGroups, type MethodFit, type MethodInput, refuse } from './method-input.ts'
import { type Line, leastSquares, lineAt } from './regression.ts'

export type LineOptions = {
  /** Pounds a year, or pounds a point; £0 unless said. */
  readonly floor?:
    | { readonly kind: 'amount'; readonly amountAnnual: string }
    | { readonly kind: 'price'; readonly pricePerPoint: string }
  /** What brings the total back to the budget: the whole curve scaled (unless said), or the line moved up or down. */
  readonly neutralise?: 'scale' | 'shift'
}

/** max(floor, a + b·points), then scaled, or with another a, so that the cohort gets the budget. */
export function fitLine(input: MethodInput, { floor, neutralise = 'scale' }: LineOptions): MethodFit {
  const groups = checkedGroups(input)
  const line = risingLine(input, groups)
  const under = floorLine(input, floor)
  const formula = neutralise === 'scale' ? scaledLine(input, line, under) : shiftedLine(line, under)
  const { level, ...fit } = fitted(input, groups, formula)
  const moved = { [neutralise === 'scale' ? 'scale' : 'shiftedIntercept']: decimalLevel(level, neutralise) }
  return {
    ...fit,
    coefficients: { ...lineTexts(line), ...moved },
    warnings: [
      ...fit.warnings,
      ...lineWarnings(line),
      ...(neutralise === 'scale' ? floorWarning(floor, level) : []),
    ],
  }
}

/** The cohort's own line. Refuses where points do not explain cost. */
export function risingLine(input: MethodInput, groups: readonly PointsGroup[]): Line {
  const line = leastSquares(groups)
  if (line === null)
    return refuse(
      input,
      'points-all-equal',
      'Everybody has the same points, so there is no line through them. Include people with other points, or use another method.',
    )
  if (line.slope.n <= 0n) {
    const detail = `People with more points do not cost more: £${decimalText(line.slope, 4)} a point. Points do not explain cost here. Check the costs and the questions before using any table of them.`
    refuse(input, 'slope-not-positive', detail)
  }
  return line
}

/** A line's numbers in pounds. */
export function lineTexts({ slope, intercept }: Line): Readonly<Record<string, string>> {
  return { slope: decimalText(slope), intercept: inPounds(intercept) }
}

/** Pence as a decimal string of pounds. */
export function inPounds({ n, d }: Fraction): string {
  return decimalText({ n, d: d * 100n })
}

function decimalLevel(level: Fraction, neutralise: 'scale' | 'shift'): string {
  return neutralise === 'scale' ? decimalText(level) : inPounds(level)
}

function floorLine(input: MethodInput, floor: LineOptions['floor']): Line {
  if (floor === undefined) return { slope: ZERO, intercept: ZERO }
  const line =
    floor.kind === 'amount'
      ? { slope: ZERO, intercept: penceOf(floor.amountAnnual) }
      : { slope: fractionOf(floor.pricePerPoint), intercept: ZERO }
  if (line.slope.n < 0n || line.intercept.n < 0n)
    refuse(input, 'parameter-out-of-range', 'The floor is below £0. State £0 or more.', '/floor')
  return line
}

function scaledLine({ scaleMaximum }: MethodInput, line: Line, under: Line): Formula {
  const over = (points: number) => {
    const [a, b] = [lineAt(line, points), lineAt(under, points)]
    return a.n * b.d - b.n * a.d
  }
  const start = lineAt(line, 0).d * lineAt(under, 0).d
  const end = lineAt(line, scaleMaximum).d * lineAt(under, scaleMaximum).d
  return {
    pieceAt: (points) => {
      const [a, b] = [lineAt(line, points), lineAt(under, points)]
      return scaled(compare(a, b) < 0 ? b : a)
    },
    ownLevel: ONE,
    kinks: crossing(0, scaleMaximum, over(0) * end, over(scaleMaximum) * start),
  }
}

function shiftedLine({ slope, intercept }: Line, under: Line): Formula {
  return {
    pieceAt: (points) => ({
      offset: lineAt({ slope, intercept: ZERO }, points),
      rate: ONE,
      low: lineAt(under, points),
      high: null,
    }),
    ownLevel: intercept,
    kinks: [],
  }
}

function lineWarnings({ slope, intercept }: Line): readonly Warning[] {
  if (intercept.n >= 0n) return []
  const from = { n: -intercept.n * slope.d, d: intercept.d * slope.n * 100n }
  const detail = `The line by itself is below £0 under ${decimalText(from, 2)} points. The floor holds there, and the rest is brought back to the budget.`
  return [{ code: 'negative-intercept', detail }]
}

function floorWarning(floor: LineOptions['floor'], level: Fraction): readonly Warning[] {
  if (floor === undefined || compare(level, ONE) === 0) return []
  const detail = `The scale of ${decimalText(level)} moves the stated floor too. Neutralise by shift to keep it.`
  return [{ code: 'floor-scaled', detail }]
}
