// Sums of powers of points over a sample, with its weight and with its cost.
import { at } from '../../number/double.ts'
import type { Sample } from './sample.ts'

/** Σ weight × points^k and Σ weight × cost × points^k. */
export type QuickMoments = {
  readonly p1: number
  readonly p2: number
  readonly p3: number
  readonly p4: number
  readonly cost1: number
  readonly cost2: number
}

export function quickMoments({ points, pointsWeight, pointsSpend }: Sample): QuickMoments {
  let [p1, p2, p3, p4, cost1, cost2] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < points.length; i += 1) {
    const own = at(points, i)
    const first = at(pointsWeight, i) * own
    const spend = at(pointsSpend, i) * own
    p1 += first
    p2 += first * own
    p3 += first * own * own
    p4 += first * own * own * own
    cost1 += spend
    cost2 += spend * own
  }
  return { p1, p2, p3, p4, cost1, cost2 }
}
