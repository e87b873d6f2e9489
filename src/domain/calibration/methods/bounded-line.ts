// Incremental, read as a straight line between a floor price and a ceiling price per point: the closest simple reading
// of the column that B&NES printed in 2012. The line moves up or down until the sample gets the budget.
import type { MethodRequest } from '../../../contract/calibration/method.ts'
import type { Arithmetic } from '../../number/arithmetic.ts'
import { fractionOf, penceOf, trimmed } from '../../number/decimal-fraction.ts'
import { compare, type Fraction, ZERO } from '../../number/fraction.ts'
import { type Bounds, searchBounds } from './bounded-line-search.ts'
import { type At, refuse } from './method-input.ts'
import { type Line, lineTexts, poundsCoefficient, risingLine } from './regression.ts'
import type { Frame, Refused, Shape } from './shape.ts'

type BoundedLineOptions = Omit<Extract<MethodRequest, { readonly method: 'bounded-line' }>, 'method'>

/** What was stated, as numbers. */
type Given = {
  readonly line: Line<Fraction> | undefined
  readonly floorPrice: Fraction | undefined
  readonly ceilingPrice: Fraction | undefined
}

/** clip(a + b·points, floor price × points, ceiling price × points) with the a that gives the budget. */
export function boundedLineShape<N>(
  arithmetic: Arithmetic<N>,
  frame: Frame<N>,
  options: BoundedLineOptions,
): Shape<N> | Refused {
  const given = givenIn(options)
  if (!given.line) {
    const own = risingLine(arithmetic, frame.sample)
    if ('refused' in own) return own
  }
  const found = isWhole(given) ? given : searchBounds(arithmetic, frame, given)
  return 'refused' in found ? found : clippedLine(arithmetic, found)
}

function isWhole(given: Given): given is Bounds {
  return Boolean(given.line && given.floorPrice && given.ceilingPrice)
}

function clippedLine<N>(arithmetic: Arithmetic<N>, exact: Bounds): Shape<N> {
  const { whole, from, times, fixed } = arithmetic
  const line = { slope: from(exact.line.slope), intercept: from(exact.line.intercept) }
  const [floorPrice, ceilingPrice, one] = [from(exact.floorPrice), from(exact.ceilingPrice), whole(1)]
  return {
    pieceAt: (points) => {
      const here = whole(points)
      return {
        offset: times(line.slope, here),
        rate: one,
        low: times(floorPrice, here),
        high: times(ceilingPrice, here),
      }
    },
    ownLevel: line.intercept,
    kinks: [],
    coefficients: (level) => ({
      ...lineTexts(arithmetic, line),
      floorPrice: trimmed(fixed(floorPrice, 10)),
      ceilingPrice: trimmed(fixed(ceilingPrice, 10)),
      shiftedIntercept: poundsCoefficient(arithmetic, level),
    }),
    warnings: () => [],
  }
}

function givenIn({ line, floorPrice, ceilingPrice }: BoundedLineOptions): Given {
  return {
    line: line && { slope: fractionOf(line.slope), intercept: penceOf(line.intercept) },
    floorPrice: floorPrice === undefined ? undefined : fractionOf(floorPrice),
    ceilingPrice: ceilingPrice === undefined ? undefined : fractionOf(ceilingPrice),
  }
}

/** Refuses what no cohort could be fitted with. */
export function checkBoundedLine(at: At, options: BoundedLineOptions): void {
  const { line, floorPrice, ceilingPrice } = givenIn(options)
  if (line && line.slope.n <= 0n)
    refuse(at, 'slope-not-positive', 'The line must rise: state a slope above £0 a point.', '/line/slope')
  if (floorPrice && floorPrice.n < 0n)
    refuse(
      at,
      'parameter-out-of-range',
      'The floor price is below £0 a point. State £0 or more.',
      '/floorPrice',
    )
  if (ceilingPrice && compare(ceilingPrice, floorPrice ?? ZERO) <= 0)
    refuse(
      at,
      'bounds-crossed',
      'The ceiling price is not above the floor price. Raise one or lower the other.',
      '/ceilingPrice',
    )
}
