// Amounts known only at a sample's own points, as a formula that can be asked anywhere: straight lines between, from
// nothing at 0 points, held above the highest.
import { amountsAt } from './quick-curve.ts'
import { type QuickFormula, scaledPieces } from './quick-formula.ts'

/** A shape through some knots (at least one, rising), scaled by the level. */
export function shapeFormula(
  points: Float64Array,
  amounts: Float64Array,
  scaleMaximum: number,
): QuickFormula {
  const start = points[0] === 0 ? [] : [0]
  const end = points[points.length - 1] === scaleMaximum ? [] : [scaleMaximum]
  const last = amounts[amounts.length - 1] as number
  const shape = {
    points: Float64Array.from([...start, ...points, ...end]),
    amounts: Float64Array.from([...start, ...amounts, ...end.map(() => last)]),
  }
  return { piecesAt: (here) => scaledPieces(amountsAt(shape, here)), ownLevel: 1, kinks: [] }
}
