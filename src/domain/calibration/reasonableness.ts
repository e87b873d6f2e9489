// Whether single people's new amounts look reasonable: who differs by more than a stated share or sum (Cheshire's
// test).
import { decimal } from '../decimal.ts'
import { checked } from '../errors.ts'
import { outOfRange } from './bands.ts'
import type { Case } from './case.ts'
import { byName, magnitude, people, percentage, pounds } from './figures.ts'

/** Differences above either limit are listed. Per cent of what people have now, and pounds a year; null sets none. */
export type Tolerance = { readonly percent: string | null; readonly pounds: string | null }

export type Difference = {
  readonly ref: string
  readonly userGroup: string
  readonly existing: string
  readonly new: string
  readonly change: string
  readonly changePercent: string | null
  readonly beyond: readonly ('percent' | 'pounds')[]
}

export type GroupReasonableness = {
  readonly userGroup: string
  readonly rows: number
  readonly rowsBeyond: number
  readonly people: string
  readonly peopleBeyond: string
  readonly sharePercent: string | null
}

export type Reasonableness = Omit<GroupReasonableness, 'userGroup'> & {
  readonly groups: readonly GroupReasonableness[]
  /** The largest differences first. */
  readonly differences: readonly Difference[]
}

type Row = {
  readonly person: Case
  readonly existing: bigint
  readonly next: bigint
  readonly beyond: Difference['beyond']
}

/** Who would differ by more than the tolerance; amounts and existing in pence a year, one for each case. */
export function reasonableness(
  cases: readonly Case[],
  amounts: readonly number[],
  tolerance: Tolerance,
  existing: readonly number[] = cases.map(({ cost }) => cost),
): Reasonableness {
  const judge = judgeOf(tolerance)
  const rows = cases.map((person, i) => {
    const [before, after] = [BigInt(checked(existing[i])), BigInt(checked(amounts[i]))]
    return { person, existing: before, next: after, beyond: judge(before, after) }
  })
  const groups = [...Map.groupBy(rows, ({ person }) => person.userGroup)].sort(([a], [b]) => byName(a, b))
  return {
    ...counted(rows),
    groups: groups.map(([userGroup, own]) => ({ userGroup, ...counted(own) })),
    differences: rows.filter(isBeyond).sort(largestFirst).map(difference),
  }
}

function judgeOf({
  percent,
  pounds: sum,
}: Tolerance): (before: bigint, after: bigint) => Difference['beyond'] {
  if (percent === null && sum === null)
    throw outOfRange('/tolerance', 'No tolerance was given. Give a percentage, a sum, or both.')
  const share = percent === null ? null : parts(percent, 4, '/tolerance/percent')
  const most = sum === null ? null : parts(sum, 2, '/tolerance/pounds')
  return (before, after) => {
    const distance = magnitude(after - before)
    return [
      ...(share !== null && distance * 1_000_000n > share * before ? (['percent'] as const) : []),
      ...(most !== null && distance > most ? (['pounds'] as const) : []),
    ]
  }
}

/** A decimal ≥ 0 as a whole number of its parts: pence of pounds. */
function parts(text: string, places: number, pointer: string): bigint {
  const whole = decimal(text).times(10 ** places)
  if (whole.isInteger() && !whole.isNegative()) return BigInt(whole.toFixed(0))
  throw outOfRange(pointer, `${text} was given. Give 0 or more, with at most ${places} decimal places.`)
}

function counted(rows: readonly Row[]): Omit<GroupReasonableness, 'userGroup'> {
  const beyond = rows.filter(isBeyond)
  const [all, those] = [weightOf(rows), weightOf(beyond)]
  return {
    rows: rows.length,
    rowsBeyond: beyond.length,
    people: people(all),
    peopleBeyond: people(those),
    sharePercent: percentage(those, all),
  }
}

function isBeyond({ beyond }: Row): boolean {
  return beyond.length > 0
}

function weightOf(rows: readonly Row[]): bigint {
  return rows.reduce((sum, { person }) => sum + BigInt(person.weight), 0n)
}

function largestFirst(a: Row, b: Row): number {
  const [one, other] = [magnitude(a.next - a.existing), magnitude(b.next - b.existing)]
  return one === other ? byName(a.person.ref, b.person.ref) : one > other ? -1 : 1
}

function difference({ person, existing, next, beyond }: Row): Difference {
  return {
    ref: person.ref,
    userGroup: person.userGroup,
    existing: pounds(existing * 10_000n),
    new: pounds(next * 10_000n),
    change: pounds((next - existing) * 10_000n),
    changePercent: percentage(next - existing, existing),
    beyond,
  }
}
