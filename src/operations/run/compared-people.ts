// The people of a run beside what something else gives them: the table in force, or a method of another run on the same
// cohort. Whom the other does not price is left out of the comparison, and counted.

import { availableOf } from '../../domain/calibration/effects/available.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import { type TableInput, tablePrices } from '../caseload/table-prices.ts'
import { type PersonLine, peopleIn } from './outcome-text.ts'

/** What a run is compared with. `rounding` and `held` are of the other: its unit in pounds, and the share held ready. */
export type Beside =
  | { readonly kind: 'table'; readonly table: TableInput }
  | {
      readonly kind: 'run'
      readonly persons: string
      /** The place of the method in the other run. */
      readonly method: number
      readonly rounding: string
      readonly held: string
    }

/** Pence a year, one for each of the people. */
export type ComparedPeople = {
  readonly people: readonly PersonLine[]
  readonly existing: readonly number[]
  /** What they can plan with of it. */
  readonly existingAvailable: readonly number[]
  readonly leftOut: number
}

export function comparedPeople(persons: string, beside: Beside): ComparedPeople {
  const included = [...peopleIn(persons)].filter(({ excluded }) => excluded === null)
  const now = amountsBeside(beside)
  const priced = included.flatMap((person) => {
    const amount = now(person)
    return amount === null ? [] : { person, amount }
  })
  const existing = priced.map(({ amount }) => amount)
  return {
    people: priced.map(({ person }) => person),
    existing,
    existingAvailable: availableOf(existing, fractionOf(heldBeside(beside))),
    leftOut: included.length - priced.length,
  }
}

export function heldBeside(beside: Beside): string {
  return beside.kind === 'table' ? beside.table.content.contingency.fraction : beside.held
}

export function roundingBeside(beside: Beside): string {
  return beside.kind === 'table' ? beside.table.content.rounding.to : beside.rounding
}

function amountsBeside(beside: Beside): (person: PersonLine) => number | null {
  if (beside.kind === 'table') {
    const prices = tablePrices(beside.table)
    return ({ userGroup, points, setting }) =>
      prices.isOutside(userGroup, setting ?? 'own-home') ? null : prices.amount(userGroup, points)
  }
  const amounts = new Map<string, number | null>()
  for (const person of peopleIn(beside.persons))
    amounts.set(person.ref, person.amounts[beside.method] ?? null)
  return ({ ref }) => amounts.get(ref) ?? null
}
