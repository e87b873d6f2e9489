// Everyone with the same points is one entry to a method: they get the same amount, so only their weight and what
// they cost together can matter. This is also why neither the order of rows nor splitting a weight changes anything.
import type { Case } from './case.ts'

export type PointsGroup = {
  /** Hundredths. */
  readonly points: number
  /** Ten-thousandths. */
  readonly weight: number
  /** Σ weight × cost: ten-thousandths of a penny. */
  readonly cost: bigint
}

/** The distinct points of the cases, lowest first. */
export function pointsGroups(cases: readonly Case[]): readonly PointsGroup[] {
  const groups = new Map<number, { points: number; weight: number; cost: bigint }>()
  for (const { points, weight, cost } of cases) {
    const money = BigInt(weight) * BigInt(cost)
    const group = groups.get(points)
    if (group === undefined) groups.set(points, { points, weight, cost: money })
    else {
      group.weight += weight
      group.cost += money
    }
  }
  return [...groups.values()].sort((a, b) => a.points - b.points)
}

/** Σ weight × points^power, in ten-thousandths of hundredths. */
export function pointsMoment(groups: readonly PointsGroup[], power: bigint): bigint {
  return groups.reduce((sum, { points, weight }) => sum + BigInt(weight) * BigInt(points) ** power, 0n)
}

/** Σ weight × points^power × cost. */
export function costMoment(groups: readonly PointsGroup[], power: bigint): bigint {
  return groups.reduce((sum, { points, cost }) => sum + BigInt(points) ** power * cost, 0n)
}
