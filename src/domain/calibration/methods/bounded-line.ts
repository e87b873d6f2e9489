// Incremental, read as a straight line between a floor price and a ceiling price per point: the closest simple reading
// of the column that B&NES printed in 2012. The line moves up or down until the cohort gets the budget.

import { decimalText, fractionOf, penceOf } from '../../number/decimal-fraction.ts'
import { compare, type Fraction, ZERO } from '../../number/fraction.ts'
import { ONE } from '../budget/budget.ts'
import { fitted } from '../budget/fit-to-budget.ts'
import type { PointsGroup } from '../cohort/points-group.ts'
import { searchBoundedLine } from './bounded-line-search.ts'
import { inPounds, lineTexts, risingLine } from './line.ts'
import { checkedGroups, type MethodFit, type MethodInput, refuse } from './method-input.ts'
import { type Line, lineAt } from './regression.ts'

/** Decimal strings: pounds, and pounds a point. What is not given is fitted by least squares. */
export type BoundedLineOptions = {
  readonly line?: { readonly slope: string; readonly intercept: string }
  readonly floorPrice?: string
  readonly ceilingPrice?: string
}

export type BoundedLine = {
  readonly line: Line
  readonly floorPrice: Fraction
  readonly ceilingPrice: Fraction
}

/** clip(a + b·points, floor price × points, ceiling price × points) with the a that gives the budget. */
export function fitBoundedLine(input: MethodInput, options: BoundedLineOptions): MethodFit {
  const groups = checkedGroups(input)
  const { line, floorPrice, ceilingPrice } = boundedLine(input, groups, options)
  const { level, ...fit } = fitted(input, groups, {
    pieceAt: (points) => ({
      offset: priced(line.slope, points),
      rate: ONE,
      low: priced(floorPrice, points),
      high: priced(ceilingPrice, points),
    }),
    ownLevel: line.intercept,
    kinks: [],
  })
  const prices = { floorPrice: decimalText(floorPrice), ceilingPrice: decimalText(ceilingPrice) }
  return { ...fit, coefficients: { ...lineTexts(line), ...prices, shiftedIntercept: inPounds(level) } }
}

function boundedLine(
  input: MethodInput,
  groups: readonly PointsGroup[],
  options: BoundedLineOptions,
): BoundedLine {
  const given = checkBoundedLine(input, options)
  const { line: stated, floorPrice: low, ceilingPrice: high } = given
  if (stated && low && high) return { line: stated, floorPrice: low, ceilingPrice: high }
  if (!stated) risingLine(input, groups)
  return searchBoundedLine(input, groups, given)
}

/** What was stated, as numbers. Refuses what no cohort could be fitted with. */
export function checkBoundedLine(
  input: { readonly pointer?: string },
  { line, floorPrice, ceilingPrice }: BoundedLineOptions,
): GivenBounds {
  const given = {
    line: line && { slope: fractionOf(line.slope), intercept: penceOf(line.intercept) },
    floorPrice: floorPrice === undefined ? undefined : fractionOf(floorPrice),
    ceilingPrice: ceilingPrice === undefined ? undefined : fractionOf(ceilingPrice),
  }
  checkGiven(input, given)
  return given
}

export type GivenBounds = {
  readonly line: Line | undefined
  readonly floorPrice: Fraction | undefined
  readonly ceilingPrice: Fraction | undefined
}

function checkGiven(
  input: { readonly pointer?: string },
  { line, floorPrice, ceilingPrice }: GivenBounds,
): void {
  if (line && line.slope.n <= 0n)
    refuse(input, 'slope-not-positive', 'The line must rise: state a slope above £0 a point.', '/line/slope')
  if (floorPrice && floorPrice.n < 0n)
    refuse(
      input,
      'parameter-out-of-range',
      'The floor price is below £0 a point. State £0 or more.',
      '/floorPrice',
    )
  if (ceilingPrice && compare(ceilingPrice, floorPrice ?? ZERO) <= 0)
    refuse(
      input,
      'bounds-crossed',
      'The ceiling price is not above the floor price. Raise one or lower the other.',
      '/ceilingPrice',
    )
}

function priced(price: Fraction, points: number): Fraction {
  return lineAt({ slope: price, intercept: ZERO }, points)
}
