// How close new amounts come to what the workers themselves thought right, beside how close present costs come
// (Lancashire's test on real cases).

import type { Agreement, Closeness, EstimateAgreement } from '../../../contract/calibration/impact.ts'
import { average, byName, magnitude, people, percentage } from '../../number/figures.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'

type Estimated = {
  readonly userGroup: string
  readonly weight: bigint
  readonly estimate: bigint
  readonly existing: bigint
  readonly next: bigint
}

/** The amounts against the workers' own estimates, beside the present costs against them; rows without are left out. */
export function estimateAgreement(
  cases: readonly Case[],
  amounts: readonly number[],
  existing: readonly number[] = cases.map(({ cost }) => cost),
): EstimateAgreement {
  const rows = cases.flatMap(({ userGroup, weight, estimate }, i) => {
    if (estimate === null) return []
    const [before, after] = [BigInt(present(existing[i])), BigInt(present(amounts[i]))]
    return { userGroup, weight: BigInt(weight), estimate: BigInt(estimate), existing: before, next: after }
  })
  const groups = [...Map.groupBy(rows, ({ userGroup }) => userGroup)].sort(([a], [b]) => byName(a, b))
  return { ...agreement(rows), groups: groups.map(([userGroup, own]) => ({ userGroup, ...agreement(own) })) }
}

function agreement(rows: readonly Estimated[]): Agreement {
  const weight = total(rows, () => 1n)
  return {
    rows: rows.length,
    people: people(weight),
    averageEstimate: average(
      total(rows, ({ estimate }) => estimate),
      weight,
    ),
    amounts: closeness(rows, weight, ({ next }) => next),
    existing: closeness(rows, weight, (row) => row.existing),
  }
}

function closeness(rows: readonly Estimated[], weight: bigint, of: (row: Estimated) => bigint): Closeness {
  const off = (row: Estimated) => of(row) - row.estimate
  const within = (percent: bigint) =>
    total(rows, (row) => (magnitude(off(row)) * 100n <= percent * row.estimate ? 1n : 0n))
  return {
    averageDifference: average(total(rows, off), weight),
    averageDistance: average(
      total(rows, (row) => magnitude(off(row))),
      weight,
    ),
    within10Percent: percentage(within(10n), weight),
    within25Percent: percentage(within(25n), weight),
  }
}

function total(rows: readonly Estimated[], of: (row: Estimated) => bigint): bigint {
  return rows.reduce((sum, row) => sum + of(row) * row.weight, 0n)
}
