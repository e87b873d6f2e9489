// What a table gives for points in hundredths. The reference works out each amount when it is first asked for, so that
// rounding has one author; after that it is looked up.

import type { WorkingLine } from '../../contract/allocation/working.ts'
import { type Cost, costOf } from '../allocation/allocation.ts'
import { type PricedQuestionnaire, type TablePlan, tableLine } from '../allocation/price.ts'
import { Decimal, decimal } from '../number/decimal.ts'
import { hundredthsIn, hundredthsText } from '../number/decimal-fraction.ts'
import { wholeNumber } from '../number/whole-number.ts'
import { present } from '../present.ts'
import { type Kept, kept, keptValues } from './kept.ts'
import { sharedLine } from './working-text.ts'

/** Each refuses `points-above-table` where the table says to refuse. */
export type CompiledPrices = {
  /** The amount with its lines. */
  cost(userGroup: string, hundredths: number): Cost
  /** Whole pence a year: below 2^53, as every amount of money is by its form. */
  pence(userGroup: string, hundredths: number): number
  /** Which table, and the date that chose it. */
  line(assessedOn: string): WorkingLine
}

/** The hundredths of a point whose amounts are kept: a megabyte a curve. Scales of more points are rare. */
export const MOST_HUNDREDTHS = 131_072

export function compilePrices({ plan }: PricedQuestionnaire, table: TablePlan): CompiledPrices {
  const curves = new Map([...new Set(table.curves.values())].map((curve) => [curve, memory(curve.end)]))
  const memories = new Map([...table.curves].map(([group, curve]) => [group, present(curves.get(curve))]))
  const reference = (userGroup: string, hundredths: number) =>
    costOf(plan, userGroup, decimal(hundredthsText(hundredths)), table)

  return {
    cost(userGroup, hundredths) {
      const costs = memories.get(userGroup)?.costs
      const known = costs?.get(hundredths)
      if (known !== undefined) return known
      const { money, standing, lines } = reference(userGroup, hundredths)
      const made = { money, standing, lines: lines.map(sharedLine) }
      costs?.set(hundredths, made)
      return made
    },

    pence(userGroup, hundredths) {
      const amounts = memories.get(userGroup)?.amounts()
      const known = amounts?.[hundredths] ?? Number.NaN
      if (!Number.isNaN(known)) return known
      const pence = hundredthsIn(reference(userGroup, hundredths).money.amountAnnual)
      if (amounts !== undefined && hundredths < amounts.length) amounts[hundredths] = pence
      return pence
    },

    line: kept((assessedOn: string) => sharedLine(tableLine(table, assessedOn))),
  }
}

type Memory = { readonly costs: Kept<number, Cost>; amounts(): Float64Array }

/**
 * What a curve is known to give: whole pence, which a double holds exactly. Each is made by the decimal reference and only
 * kept here, NaN until then. The amounts take their room when the first is asked for.
 */
function memory(end: Decimal): Memory {
  const length = Decimal.min(end.times(100).floor().plus(1), MOST_HUNDREDTHS)
  let amounts: Float64Array | undefined
  return {
    costs: keptValues(),
    amounts() {
      amounts ??= new Float64Array(wholeNumber(BigInt(length.toFixed()))).fill(Number.NaN)
      return amounts
    },
  }
}
