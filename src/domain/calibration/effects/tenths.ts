// Who gains and who loses by what they cost now: the people in tenths of present cost, each in classes of change.

import type { Tenth } from '../../../contract/calibration/effects.ts'
import { CHANGE_CLASSES, type ChangeClass } from '../../../contract/limits.ts'
import { people, pounds } from '../../number/figures.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'

/** Some people of one class, and how many of them would get more and less than now to the penny. */
export type ClassTally = { rows: number; weight: bigint; higher: number; lower: number }

/** The people of a tenth: their money before and after, and each class in the order of `CHANGE_CLASSES`. */
export type TenthTally = { existing: bigint; next: bigint; readonly classes: readonly ClassTally[] }

/** The class of one change of yearly amounts: the first that holds. */
export function classOf(existing: number, next: number): ChangeClass {
  const change = next - existing
  if (existing === 0) return 'withoutCost'
  if (4 * change > existing) return 'muchMore'
  if (20 * change > existing) return 'more'
  if (20 * change >= -existing) return 'same'
  return 4 * change >= -existing ? 'less' : 'muchLess'
}

/** Ten tallies, the cheapest tenth first; amounts in pence a year, one for each case. */
export function tenthTallies(
  cases: readonly Case[],
  amounts: readonly number[],
  existing: readonly number[] = cases.map(({ cost }) => cost),
): readonly TenthTally[] {
  const tenths = Array.from({ length: 10 }, emptyTally)
  const places = tenthPlaces(cases, existing)
  cases.forEach(({ weight }, i) => {
    const [before, after, own] = [present(existing[i]), present(amounts[i]), BigInt(weight)]
    const tenth = present(tenths[present(places[i])])
    const tally = present(tenth.classes[CHANGE_CLASSES.indexOf(classOf(before, after))])
    tenth.existing += BigInt(before) * own
    tenth.next += BigInt(after) * own
    tally.rows += 1
    tally.weight += own
    if (after > before) tally.higher += 1
    if (after < before) tally.lower += 1
  })
  return tenths
}

/** The tenths as figures. */
export function tenths(
  cases: readonly Case[],
  amounts: readonly number[],
  existing?: readonly number[],
): readonly Tenth[] {
  return tenthTallies(cases, amounts, existing).map(({ existing: before, next, classes }, i) => {
    const count = (name: ChangeClass) => {
      const { rows, weight } = present(classes[CHANGE_CLASSES.indexOf(name)])
      return { rows, people: people(weight) }
    }
    return {
      tenth: i + 1,
      rows: classes.reduce((sum, { rows }) => sum + rows, 0),
      people: people(classes.reduce((sum, { weight }) => sum + weight, 0n)),
      existing: pounds(before),
      new: pounds(next),
      classes: {
        muchMore: count('muchMore'),
        more: count('more'),
        same: count('same'),
        less: count('less'),
        muchLess: count('muchLess'),
        withoutCost: count('withoutCost'),
      },
    }
  })
}

function emptyTally(): TenthTally {
  return {
    existing: 0n,
    next: 0n,
    classes: CHANGE_CLASSES.map(() => ({ rows: 0, weight: 0n, higher: 0, lower: 0 })),
  }
}

// People of one cost stand together, in the tenth that holds the middle of their share of the weight.
function tenthPlaces(cases: readonly Case[], existing: readonly number[]): Uint8Array {
  const weightAt = new Map<number, bigint>()
  let all = 0n
  cases.forEach(({ weight }, i) => {
    const cost = present(existing[i])
    weightAt.set(cost, (weightAt.get(cost) ?? 0n) + BigInt(weight))
    all += BigInt(weight)
  })
  const tenthAt = new Map<number, number>()
  let below = 0n
  for (const [cost, own] of [...weightAt].sort(([a], [b]) => a - b)) {
    tenthAt.set(cost, wholeNumber((10n * (2n * below + own)) / (2n * all)))
    below += own
  }
  return Uint8Array.from(existing, (cost) => present(tenthAt.get(cost)))
}
