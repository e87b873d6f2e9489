// A cohort as a method sees it. Everyone with the same points gets the same amount, so only their weight and what they
// cost together can matter: neither the order of rows nor splitting a weight changes anything.
import { type Fraction, fraction } from '../../number/fraction.ts'
import { weightedValues } from '../../number/weighted-values.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'

/** People by points, and on demand (percentile alone asks) by cost. Weights are whole ten-thousandths. */
export type Sample<N> = {
  /** Hundredths, rising, each once. */
  readonly points: Float64Array
  readonly weight: Float64Array
  /** Σ weight × cost: pence × ten-thousandths. */
  readonly spend: ArrayLike<N>
  readonly totalWeight: number
  readonly totalSpend: N
  readonly byCost: () => CostWeights
}

/** Pence, rising, each once, and the weight that costs it. */
export type CostWeights = { readonly cost: Float64Array; readonly weight: Float64Array }

/** The cases as they are, exactly. */
export function exactSample(cases: readonly Case[]): Sample<Fraction> {
  const spend = new Map<number, bigint>()
  for (const { points, weight, cost } of cases)
    spend.set(points, (spend.get(points) ?? 0n) + BigInt(weight) * BigInt(cost))
  const { values, weights, total } = weightsOf(cases, ({ points }) => points)
  return {
    points: values,
    weight: weights,
    spend: Array.from(values, (points) => fraction(present(spend.get(points)))),
    totalWeight: total,
    totalSpend: fraction([...spend.values()].reduce((sum, own) => sum + own, 0n)),
    byCost: () => {
      const { values: cost, weights: weight } = weightsOf(cases, (one) => one.cost)
      return { cost, weight }
    },
  }
}

function weightsOf(cases: readonly Case[], of: (one: Case) => number) {
  const { values, upTo } = weightedValues(cases, of)
  const weights = Float64Array.from(upTo, (sum, i) => sum - (upTo[i - 1] ?? 0))
  return { values, weights, total: upTo[upTo.length - 1] ?? 0 }
}
