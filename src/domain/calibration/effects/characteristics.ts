// What new amounts would change by characteristic: sex, ethnicity, disability, area, or whatever a cohort declares. For
// the equality report alone; no sum of money depends on any of it.

import type { Declared } from '../../../contract/calibration/cohort.ts'
import type { CharacteristicEffect } from '../../../contract/calibration/effects.ts'
import { average, people, percentage, pounds } from '../../number/figures.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'
import { classOf } from './tenths.ts'

/** The people of one value; `key` null where it is not known. */
export type ValueTally = {
  readonly key: string | null
  readonly title: string
  rows: number
  weight: bigint
  existing: bigint
  next: bigint
  losing: { rows: number; weight: bigint }
}

export const NOT_KNOWN = 'Not known'

/** A tally for each value that anybody has, in the order declared; those of whom it is not known come last. */
export function valueTallies(
  { key, values }: Declared,
  cases: readonly Case[],
  amounts: readonly number[],
  existing: readonly number[] = cases.map(({ cost }) => cost),
): readonly ValueTally[] {
  const tallies = new Map<string | null, ValueTally>(
    [...values, { key: null, title: NOT_KNOWN }].map((value) => [value.key, emptyTally(value)]),
  )
  cases.forEach(({ characteristics, weight }, i) => {
    const known = characteristics !== null && Object.hasOwn(characteristics, key)
    const tally = present(tallies.get(known ? present(characteristics[key]) : null))
    const [before, after, own] = [present(existing[i]), present(amounts[i]), BigInt(weight)]
    tally.rows += 1
    tally.weight += own
    tally.existing += BigInt(before) * own
    tally.next += BigInt(after) * own
    if (classOf(before, after) !== 'muchLess') return
    tally.losing.rows += 1
    tally.losing.weight += own
  })
  return [...tallies.values()].filter(({ rows }) => rows > 0)
}

/** What would change for everybody who has a value, characteristic by characteristic. */
export function characteristicEffects(
  declared: readonly Declared[],
  cases: readonly Case[],
  amounts: readonly number[],
  existing?: readonly number[],
): readonly CharacteristicEffect[] {
  return declared.map((one) => ({
    key: one.key,
    title: one.title,
    values: valueTallies(one, cases, amounts, existing).map((tally) => ({
      key: tally.key,
      title: tally.title,
      ...changeOf(tally),
      losingOverQuarter: losingOf(tally),
    })),
  }))
}

/** The figures of a tally but for who loses much. */
export function changeOf({ rows, weight, existing, next }: Omit<ValueTally, 'key' | 'title'>) {
  return {
    rows,
    people: people(weight),
    existing: pounds(existing),
    new: pounds(next),
    change: pounds(next - existing),
    changePercent: percentage(next - existing, existing),
    averageChange: average(next - existing, weight),
  }
}

/** Who would lose more than a quarter of their present cost. */
export function losingOf({ weight, losing }: Pick<ValueTally, 'weight' | 'losing'>) {
  return {
    rows: losing.rows,
    people: people(losing.weight),
    sharePercent: percentage(losing.weight, weight),
  }
}

function emptyTally({ key, title }: Pick<ValueTally, 'key' | 'title'>): ValueTally {
  return { key, title, rows: 0, weight: 0n, existing: 0n, next: 0n, losing: { rows: 0, weight: 0n } }
}
