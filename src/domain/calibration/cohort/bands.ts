// Bands of cost or of points: half-open, each up to but not including its limit, the last one without a limit, so
// that everybody falls into exactly one and labels such as "£10,001 – £20,000" leave no gap.

import { Refusal } from '../../../contract/refusal.ts'
import { present } from '../../present.ts'

/** `below` in pence, or in hundredths of a point; null for the last band. */
export type Band = { readonly label: string; readonly below: number | null }

/** The bands of every group, and of the groups that have their own. */
export type CostBands = {
  readonly all: readonly Band[]
  readonly byGroup?: Readonly<Record<string, readonly Band[]>>
}

/** The bands of one group: its own, or everybody's. */
export function bandsOf({ all, byGroup = {} }: CostBands, userGroup: string): readonly Band[] {
  return Object.hasOwn(byGroup, userGroup) ? present(byGroup[userGroup]) : all
}

/** The index of the band that a value falls into, of bands that have been checked. */
export function bandIndex(bands: readonly Band[], value: number): number {
  return bands.findIndex(({ below }) => below === null || value < below)
}

/** Refuses bands whose limits do not rise, or that end before the highest value. */
export function checkBands(bands: readonly Band[], pointer: string): void {
  bands.forEach(({ label, below }, i) => {
    const last = i === bands.length - 1
    if ((below === null) !== last)
      throw outOfRange(
        `${pointer}/${i}/below`,
        `The band "${label}" ${last ? 'is the last one and has a limit' : 'has no limit and is not the last one'}. ` +
          'Give every band but the last a limit.',
      )
    const before = i === 0 ? 0 : present(bands[i - 1]).below
    if (below !== null && before !== null && below <= before)
      throw outOfRange(
        `${pointer}/${i}/below`,
        `The band "${label}" ends at or below where it begins. Put the bands in rising order.`,
      )
  })
  if (bands.length === 0)
    throw outOfRange(pointer, 'There is no band. Give at least one. The last has no limit.')
}

/** Refuses all bands of cost, those of every group and those of single groups. */
export function checkCostBands({ all, byGroup = {} }: CostBands, pointer: string): void {
  checkBands(all, `${pointer}/all`)
  for (const [group, bands] of Object.entries(byGroup)) checkBands(bands, `${pointer}/byGroup/${group}`)
}

/** A refusal of one parameter. */
export function outOfRange(pointer: string, detail: string): Refusal {
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer, code: 'parameter-out-of-range', detail }],
  })
}
