// The effects by characteristic that an audience may see: values of few people are joined, and who loses much is counted
// only where that tells no count under ten.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type { JoinedCharacteristic } from '../../contract/calibration/effects.ts'
import type { Case } from '../calibration/cohort/case.ts'
import { changeOf, losingOf, type ValueTally, valueTallies } from '../calibration/effects/characteristics.ts'
import { listed } from '../number/in-words.ts'
import { present } from '../present.ts'
import { hiddenTable } from './hidden-counts.ts'
import { joinedSmallest } from './joined-groups.ts'
import type { Audience } from './may-show.ts'

/** What would change by characteristic; amounts in pence a year, one for each case. */
export function disclosedCharacteristics(
  declared: readonly Declared[],
  cases: readonly Case[],
  amounts: readonly number[],
  audience: Audience,
  existing?: readonly number[],
): readonly JoinedCharacteristic[] {
  return declared.map((one) => {
    const values = joinedValues(valueTallies(one, cases, amounts, existing), audience)
    const hidden = hiddenTable(
      values.map(({ tally: { rows, losing } }) => [losing.rows, rows - losing.rows]),
      values.map(() => false),
      audience,
    )
    return {
      key: one.key,
      title: one.title,
      values: values.map(({ keys, tally }, i) => ({
        keys,
        title: tally.title,
        ...changeOf(tally),
        losingOverQuarter: present(hidden[i]).includes(true) ? null : losingOf(tally),
      })),
    }
  })
}

type JoinedTally = { readonly keys: readonly (string | null)[]; readonly tally: ValueTally }

// The joined ones stand where the last of them stood.
function joinedValues(tallies: readonly ValueTally[], audience: Audience): readonly JoinedTally[] {
  const places = joinedSmallest(
    tallies.map(({ rows }) => rows),
    audience,
  )
  if (places.length < 2) return tallies.map((tally) => ({ keys: [tally.key], tally }))
  const small = places.map((place) => present(tallies[place]))
  return tallies.flatMap((tally, i) => {
    if (i === places.at(-1)) return { keys: small.map(({ key }) => key), tally: together(small) }
    return places.includes(i) ? [] : { keys: [tally.key], tally }
  })
}

function together(tallies: readonly ValueTally[]): ValueTally {
  const all: ValueTally = {
    key: null,
    title: `${listed(tallies.map(({ title }) => title))} together`,
    rows: 0,
    weight: 0n,
    existing: 0n,
    next: 0n,
    losing: { rows: 0, weight: 0n },
  }
  for (const { rows, weight, existing, next, losing } of tallies) {
    all.rows += rows
    all.weight += weight
    all.existing += existing
    all.next += next
    all.losing.rows += losing.rows
    all.losing.weight += losing.weight
  }
  return all
}
