// What a table gives at round numbers of points, reckoned as the service itself reckons an allocation.
import { amountsOf } from '../../domain/calibration/published.ts'
import type { Knot } from '../../domain/calibration-table.ts'
import { decimal } from '../../domain/decimal.ts'
import { plain, poundsOfPence } from '../figures-in-words.ts'

export type AmountAtPoints = { readonly points: string; readonly amount: string }

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** The amount at each tenth of the scale. */
export function amountsAtPoints(knots: readonly Knot[], scaleMaximum: string): readonly AmountAtPoints[] {
  const places = TENTHS.map((tenth) => decimal(scaleMaximum).times(tenth).times(10).toDecimalPlaces(0))
  const people = places.map((points) => ({ ...NOBODY, points: points.toNumber() }))
  return amountsOf(knots, people, 1).map((pence, i) => ({
    points: plain(places[i]?.div(100).toFixed() ?? '0'),
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
