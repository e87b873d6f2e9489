// What a table gives at round numbers of points, reckoned as the service itself reckons an allocation.
import type { Knot } from '../../contract/documents/calibration-table.ts'
import { amountsOf } from '../../domain/calibration/methods/published.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { poundsOfPence } from '../figures.ts'

export type AmountAtPoints = { readonly points: string; readonly amount: string }

/** The amount at each of so many even parts of the scale. */
export function amountsAtPoints(
  knots: readonly Knot[],
  scaleMaximum: string,
  parts = 10,
): readonly AmountAtPoints[] {
  const places = Array.from({ length: parts }, (_, i) =>
    decimal(scaleMaximum)
      .times((i + 1) * 100)
      .div(parts)
      .toDecimalPlaces(0),
  )
  const people = places.map((points) => ({ ...NOBODY, points: points.toNumber() }))
  return amountsOf(knots, people, 1).map((pence, i) => ({
    points: places[i]?.div(100).toFixed() ?? '0',
    amount: poundsOfPence(pence),
  }))
}

const NOBODY = {
  ref: '',
  userGroup: '',
  cost: 0,
  weight: 10_000,
  ageBand: null,
  setting: null,
  team: null,
  estimate: null,
  answers: null,
}
