// Counts and sums of what changes between two amounts for a set of people. Exact and independent of the order of
// rows; tallies of smaller sets add up to the tally of the whole, so that a cohort is read only once.

import { magnitude } from '../../number/figures.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'

/** Those who would get more, or less, or the same: how many rows, their weight, and the money it moves. */
export type Side = { rows: number; weight: bigint; money: bigint }

export type Tally = {
  existing: bigint
  next: bigint
  higher: Side
  lower: Side
  same: Side
  squares: { existing: bigint; next: bigint; change: bigint }
}

/** People who share everything that an impact is broken down by. */
export type Cell = {
  readonly userGroup: string
  readonly costBand: number
  readonly pointsBand: number
  readonly ageBand: string | null
  readonly tally: Tally
}

/** Money before and after, in pence a year, one number for each case. */
export type Amounts = { readonly existing: readonly number[]; readonly next: readonly number[] }

/** The cohort in cells, in the order in which they first occur. */
export function tallied(
  cases: readonly Case[],
  { existing, next }: Amounts,
  place: (person: Case, existing: number) => Omit<Cell, 'tally'>,
  unchangedWithin = 0,
): readonly Cell[] {
  const cells = new Map<string, Cell>()
  cases.forEach((person, i) => {
    const before = present(existing[i])
    const where = place(person, before)
    const key = JSON.stringify([where.userGroup, where.costBand, where.pointsBand, where.ageBand])
    const cell = cells.get(key) ?? { ...where, tally: emptyTally() }
    cells.set(key, cell)
    count(cell.tally, before, present(next[i]), person.weight, unchangedWithin)
  })
  return [...cells.values()]
}

/** One tally of all the cells given. */
export function merged(cells: readonly Cell[]): Tally {
  const whole = emptyTally()
  for (const { tally } of cells) {
    whole.existing += tally.existing
    whole.next += tally.next
    for (const side of ['higher', 'lower', 'same'] as const) {
      whole[side].rows += tally[side].rows
      whole[side].weight += tally[side].weight
      whole[side].money += tally[side].money
    }
    for (const kind of ['existing', 'next', 'change'] as const) whole.squares[kind] += tally.squares[kind]
  }
  return whole
}

/** The weight of everybody in a tally. */
export function weightOf({ higher, lower, same }: Tally): bigint {
  return higher.weight + lower.weight + same.weight
}

function emptyTally(): Tally {
  const side = (): Side => ({ rows: 0, weight: 0n, money: 0n })
  const squares = { existing: 0n, next: 0n, change: 0n }
  return { existing: 0n, next: 0n, higher: side(), lower: side(), same: side(), squares }
}

function count(tally: Tally, existing: number, next: number, weight: number, unchangedWithin: number): void {
  const [before, after, share] = [BigInt(existing), BigInt(next), BigInt(weight)]
  const change = after - before
  const moves = magnitude(change) > BigInt(unchangedWithin)
  const side = !moves ? tally.same : change > 0n ? tally.higher : tally.lower
  tally.existing += before * share
  tally.next += after * share
  side.rows += 1
  side.weight += share
  side.money += change * share
  tally.squares.existing += before * before * share
  tally.squares.next += after * after * share
  tally.squares.change += change * change * share
}
