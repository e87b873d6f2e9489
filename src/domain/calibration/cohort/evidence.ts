// The people that a table is made from, as the table tells of them: how many, over which points, and where they live.

import type { ProvenanceEvidence } from '../../../contract/documents/provenance.ts'
import type { Setting } from '../../../contract/setting.ts'
import { hundredthsText } from '../../number/decimal-fraction.ts'
import { people } from '../../number/figures.ts'
import { isSetting } from '../../table/setting.ts'
import type { Case } from './case.ts'

export type Collected = { readonly collectedFrom: string | null; readonly collectedBefore: string | null }

/** Points are told to a multiple of 5, outward: nobody's own points show. */
const COARSE = 500

/** Counts the included people; their points are those above 0. */
export function evidenceOf(cases: readonly Case[], collected: Collected): ProvenanceEvidence {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, 0]
  let weight = 0n
  for (const person of cases) {
    weight += BigInt(person.weight)
    if (person.points > 0) lowest = Math.min(lowest, person.points)
    highest = Math.max(highest, person.points)
  }
  return {
    people: people(weight),
    rows: cases.length,
    pointsFrom: hundredthsText(highest === 0 ? 0 : Math.floor(lowest / COARSE) * COARSE),
    pointsTo: hundredthsText(Math.ceil(highest / COARSE) * COARSE),
    ...collected,
  }
}

/** Where they live: in a home of their own, where nothing is said. */
export function settingsOf(cases: readonly Case[]): readonly Setting[] {
  const words = new Set(cases.map(({ setting }) => setting ?? 'own-home'))
  const known = [...words].filter(isSetting).sort()
  return known.length === 0 ? ['own-home'] : known
}
