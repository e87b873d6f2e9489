// Whether single people's new amounts look reasonable: who differs by more than a stated share or sum (Cheshire's
// test).

import type { Difference, GroupReasonableness, Reasonableness } from '../../../contract/calibration/impact.ts'
import type { Tolerance } from '../../../contract/calibration/run-request.ts'
import { decimal } from '../../number/decimal.ts'
import { byName, magnitude, people, percentage, pounds } from '../../number/figures.ts'
import { present } from '../../present.ts'
import { outOfRange } from '../cohort/bands.ts'
import type { Case } from '../cohort/case.ts'

/** Bits of what a person's difference is beyond: a byte a person, since a cohort may have very many. */
const PERCENT = 1
const POUNDS = 2

/**
 * Who would differ by more than the tolerance; amounts and existing in pence a year, one for each case. At most `most`
 * of the differences are listed; all are counted.
 */
export function reasonableness(
  cases: readonly Case[],
  amounts: readonly number[],
  tolerance: Tolerance,
  {
    existing = cases.map(({ cost }) => cost),
    most = Number.POSITIVE_INFINITY,
  }: { readonly existing?: readonly number[]; readonly most?: number } = {},
): Reasonableness {
  const codes = differenceCodes(cases, amounts, tolerance, existing)
  const distance = (i: number) => Math.abs(present(amounts[i]) - present(existing[i]))
  const beyond = [...cases.keys()].filter((i) => codes[i] !== 0)
  const largestFirst = beyond.sort(
    (a, b) => distance(b) - distance(a) || byName(present(cases[a]).ref, present(cases[b]).ref),
  )
  return {
    ...countsOf(cases, codes),
    differences: largestFirst
      .slice(0, most)
      .map((i) =>
        difference(present(cases[i]), present(existing[i]), present(amounts[i]), beyondOf(present(codes[i]))),
      ),
  }
}

/** For each case which tolerances its difference is beyond, to be read by `beyondOf`. */
export function differenceCodes(
  cases: readonly Case[],
  amounts: readonly number[],
  tolerance: Tolerance,
  existing: readonly number[],
): Uint8Array {
  const judge = judgeOf(tolerance)
  return Uint8Array.from(cases, (_, i) => judge(BigInt(present(existing[i])), BigInt(present(amounts[i]))))
}

/** The tolerances that a code stands for. */
export function beyondOf(code: number): Difference['beyond'] {
  return [
    ...((code & PERCENT) === 0 ? [] : (['percent'] as const)),
    ...((code & POUNDS) === 0 ? [] : (['pounds'] as const)),
  ]
}

function judgeOf({ percent, pounds: sum }: Tolerance): (before: bigint, after: bigint) => number {
  if (percent === null && sum === null)
    throw outOfRange('/tolerance', 'There is no tolerance. Give a percentage, an amount, or both.')
  const share = percent === null ? null : parts(percent, 4, '/tolerance/percent')
  const most = sum === null ? null : parts(sum, 2, '/tolerance/pounds')
  return (before, after) => {
    const distance = magnitude(after - before)
    return (
      (share !== null && distance * 1_000_000n > share * before ? PERCENT : 0) |
      (most !== null && distance > most ? POUNDS : 0)
    )
  }
}

/** A decimal ≥ 0 as a whole number of its parts: pence of pounds. */
function parts(text: string, places: number, pointer: string): bigint {
  const whole = decimal(text).times(10 ** places)
  if (whole.isInteger() && !whole.isNegative()) return BigInt(whole.toFixed(0))
  throw outOfRange(pointer, `Found ${text}. Give 0 or more, with at most ${places} decimal places.`)
}

type Count = { rows: number; rowsBeyond: number; weight: bigint; weightBeyond: bigint }

function countsOf(cases: readonly Case[], codes: Uint8Array): Omit<Reasonableness, 'differences'> {
  const all = noOne()
  const groups = new Map<string, Count>()
  cases.forEach(({ userGroup, weight }, i) => {
    const own = groups.get(userGroup) ?? noOne()
    groups.set(userGroup, own)
    for (const count of [all, own]) {
      const isBeyond = codes[i] !== 0
      count.rows += 1
      count.weight += BigInt(weight)
      count.rowsBeyond += isBeyond ? 1 : 0
      count.weightBeyond += isBeyond ? BigInt(weight) : 0n
    }
  })
  const byGroup = [...groups].sort(([a], [b]) => byName(a, b))
  return {
    ...figuresOf(all),
    groups: byGroup.map(([userGroup, own]) => ({ userGroup, ...figuresOf(own) })),
  }
}

function noOne(): Count {
  return { rows: 0, rowsBeyond: 0, weight: 0n, weightBeyond: 0n }
}

function figuresOf({
  rows,
  rowsBeyond,
  weight,
  weightBeyond,
}: Count): Omit<GroupReasonableness, 'userGroup'> {
  return {
    rows,
    rowsBeyond,
    people: people(weight),
    peopleBeyond: people(weightBeyond),
    sharePercent: percentage(weightBeyond, weight),
  }
}

function difference(person: Case, before: number, after: number, beyond: Difference['beyond']): Difference {
  const [existing, next] = [BigInt(before), BigInt(after)]
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
