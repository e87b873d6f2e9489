// What one person does to the table: the curve refitted without the person with the most points, and without the one
// who costs the most. Where one person sets the top of a table, its reader must know.
import type { Change, LeftOut } from '../../../contract/calibration/trust.ts'
import { FAULTS } from '../../../contract/faults.ts'
import { entryAt, poundsText, ratioText } from '../../number/double.ts'
import type { Curve } from '../methods/fitted-curve.ts'
import {
  amountsAt,
  fitEveryone,
  fitRows,
  type Refitting,
  refitting,
  type TrustInput,
  totalOf,
} from './refitting.ts'
import { rowsWithout } from './sample.ts'

/** The effect of leaving out the top case by points (of equals the costliest) and the top case by cost. */
export function leaveOneOut(input: TrustInput): readonly LeftOut[] {
  const ready = refitting(input)
  const everyone = fitEveryone(ready)
  const { cost } = ready.sorted
  const last = cost.length - 1
  // Of people who cost the same, the last in order: the one with the most points.
  const costliest = cost.lastIndexOf(cost.reduce((most, own) => Math.max(most, own)))
  return [without(ready, everyone, 'most-points', last), without(ready, everyone, 'highest-cost', costliest)]
}

function without(ready: Refitting, everyone: Curve<number>, who: LeftOut['who'], row: number): LeftOut {
  const { sorted, input } = ready
  const points = entryAt(sorted.points, row)
  const ref = sorted.cases[row]?.ref as string
  const one = { who, ref, points, cost: poundsText(entryAt(sorted.cost, row)) }
  const result = fitRows(ready, rowsWithout(sorted, row))
  if ('refused' in result) {
    const code = result.refused
    return { outcome: 'refused', ...one, code, detail: FAULTS[code] }
  }
  const places = Float64Array.of(points, input.scaleMaximum)
  const before = amountsAt(everyone, places)
  const after = amountsAt(result.curve, places)
  return {
    outcome: 'fitted',
    ...one,
    atOwnPoints: change(entryAt(before, 0), entryAt(after, 0)),
    atScaleMaximum: change(entryAt(before, 1), entryAt(after, 1)),
    total: change(totalOf(ready, everyone), totalOf(ready, result.curve)),
  }
}

function change(before: number, after: number): Change {
  return {
    withEveryone: poundsText(before),
    without: poundsText(after),
    change: poundsText(after - before),
    share: ratioText(after - before, before),
  }
}
