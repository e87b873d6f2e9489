// The explanation of a stored allocation that the person, their advocate, a social worker or a judge can follow.
// It adds nothing to the sum: each figure is read from the stored working, each reason from what was published.
import type { Explanation } from '../../contract/allocation/explanation.ts'
import { answerLines, totalLines } from './answers.ts'
import { contingencyLines } from './contingency.ts'
import type { ExplanationInput, PricedInput } from './line.ts'
import { challengeLines, changeLines, supersessionLines } from './recourse.ts'
import { sumLines } from './sum.ts'
import { summaryLines } from './summary.ts'
import { tableLines } from './table.ts'
import { unpaidSupportLines } from './unpaid-support.ts'

/** Explains an allocation, section by section; a person found not eligible gets no sections about money. */
export function explain(input: ExplanationInput): Explanation {
  const eligible = input.allocation.outcome !== 'not-eligible'
  return {
    allocationId: input.allocation.allocationId,
    title: eligible ? 'How your indicative budget was worked out' : 'Why no budget was worked out',
    lines: [
      ...summaryLines(input),
      ...answerLines(input),
      ...unpaidSupportLines(input),
      ...totalLines(input),
      ...(eligible ? moneyLines(input) : []),
      ...challengeLines(input),
      ...supersessionLines(input),
    ],
  }
}

function moneyLines({ table, ...input }: ExplanationInput) {
  const tableRef = input.allocation.table
  if (table === null || tableRef === null)
    throw new Error('an allocation with an amount is explained with its table')
  const priced: PricedInput = { ...input, table, tableRef }
  return [...tableLines(priced), ...sumLines(priced), ...contingencyLines(priced), ...changeLines(priced)]
}
