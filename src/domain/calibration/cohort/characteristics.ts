// What is held of people by characteristic, in codes. It decides nothing about money: a row whose codes are wrong is left
// out with the reason, like any other, and the rest is for the effects alone.

import type { Declared } from '../../../contract/calibration/cohort.ts'
import type { CohortRowFaultCode } from '../../../contract/faults.ts'
import { MOST_VALUES } from '../../../contract/limits.ts'
import type { Case, Characteristics } from './case.ts'

export type CharacteristicRules = {
  /** The values of each characteristic that was declared, by their keys. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether others declare themselves, as the columns of a file do. */
  readonly open: boolean
}

export const NONE_DECLARED: CharacteristicRules = { declared: new Map(), open: false }

/** The rules of a cohort for a list of rows, or for a file, whose columns declare themselves. */
export function declaredBy(characteristics: readonly Declared[], asFile: boolean): CharacteristicRules {
  return {
    declared: new Map(
      characteristics.map(({ key, values }) => [key, new Set(values.map((value) => value.key))]),
    ),
    open: asFile,
  }
}

const KEY = /^[a-z][a-z0-9_-]{0,63}$/

/** The codes of one row by their characteristics; null where none is known. */
export function readCharacteristics(
  cells: Readonly<Record<string, string>>,
  { declared, open }: CharacteristicRules,
  faults: Set<CohortRowFaultCode>,
): Characteristics | null {
  const known = Object.entries(cells)
  for (const [key, value] of known) {
    const values = declared.get(key)
    if (!(KEY.test(key) && KEY.test(value))) faults.add('characteristic-malformed')
    else if (values === undefined ? !open : !values.has(value)) faults.add('characteristic-not-declared')
  }
  return known.length === 0 ? null : cells
}

/** Tells of each case in turn whether it brings one value more than a column that declares itself may have. */
export function valueCount({ declared }: CharacteristicRules): (person: Case) => boolean {
  const counted = new Map<string, Set<string>>()
  return ({ characteristics }) => {
    const own = Object.entries(characteristics ?? {}).filter(([key]) => !declared.has(key))
    for (const [key, value] of own) {
      const values = counted.get(key) ?? new Set()
      counted.set(key, values)
      if (values.size === MOST_VALUES && !values.has(value)) return true
      values.add(value)
    }
    return false
  }
}

/** All characteristics of a cohort: those declared, and those that declared themselves, whose titles are their codes. */
export function allDeclared(declared: readonly Declared[], cases: readonly Case[]): readonly Declared[] {
  const known = new Set(declared.map(({ key }) => key))
  const found = new Map<string, Set<string>>()
  for (const { characteristics } of cases)
    for (const [key, value] of Object.entries(characteristics ?? {})) {
      if (known.has(key)) continue
      const values = found.get(key) ?? new Set()
      found.set(key, values)
      values.add(value)
    }
  const titled = (key: string) => ({ key, title: key })
  return [
    ...declared,
    ...[...found.keys()].sort().map((key) => ({
      ...titled(key),
      values: [...(found.get(key) as ReadonlySet<string>)].sort().map(titled),
    })),
  ]
}
