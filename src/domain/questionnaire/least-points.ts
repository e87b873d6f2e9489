// The fewest points, up and down, that would change the figure: what a table of steps does not show by itself.
import type { AllocationResult } from '../../contract/allocation/allocation.ts'
import { price, type TablePlan } from '../allocation/price.ts'
import { type Decimal, decimal, formatMoney, formatPoints, ONE, ZERO } from '../number/decimal.ts'

/** So many points more, or fewer, and what the table gives for them. */
export type PointsStep = {
  readonly difference: string
  readonly points: string
  readonly amountAnnual: string
}

/** Null where no number of points would give more, or less. */
export type LeastPoints = { readonly more: PointsStep | null; readonly fewer: PointsStep | null }

/**
 * The least difference of points, in hundredths, that gives another amount. More points never give less in a published
 * table, so each is found by halving the rest of the scale.
 */
export function leastPoints(
  userGroup: string,
  { points, amountAnnual }: Pick<AllocationResult, 'points' | 'amountAnnual'>,
  table: TablePlan,
): LeastPoints {
  const here = decimal(points.total).times(HUNDRED)
  const end = (table.curves.get(userGroup)?.end ?? ZERO).times(HUNDRED).floor()
  const amountAt = (hundredths: Decimal) =>
    formatMoney(price(userGroup, hundredths.div(HUNDRED), table).amount)
  const towards = (limit: Decimal): PointsStep | null => {
    if (amountAnnual === null || amountAt(limit) === amountAnnual) return null
    // On a line the very next hundredth gives another amount, and there is nothing to search.
    const next = here.plus(limit.greaterThan(here) ? 1 : -1)
    let [same, other] = [here, amountAt(next) === amountAnnual ? limit : next]
    while (!same.minus(other).abs().eq(ONE)) {
      const middle = same.plus(other).divToInt(2)
      if (amountAt(middle) === amountAnnual) same = middle
      else other = middle
    }
    return {
      difference: formatPoints(other.minus(here).abs().div(HUNDRED)),
      points: formatPoints(other.div(HUNDRED)),
      amountAnnual: amountAt(other),
    }
  }
  return { more: end.greaterThan(here) ? towards(end) : null, fewer: towards(ZERO) }
}

const HUNDRED = decimal('100')
