// The explanation of a stored allocation that the person, their advocate, a social worker or a judge can follow.
// It adds nothing to the sum: each figure is read from the stored working, each reason from what was published.
import type { Explanation } from '../../contract/allocation/explanation.ts'
import { answerLines, totalLines } from './answers.ts'
import { en } from './catalogue/en.ts'
import { contingencyLines } from './contingency.ts'
import type { ExplanationInput } from './line.ts'
import { changeLines, checkLines, supersessionLines } from './recourse.ts'
import { sheet, sheetParts } from './sheet.ts'
import { sumLines } from './sum.ts'
import { groupLines, tableLines } from './table.ts'
import { unpaidSupportLines } from './unpaid-support.ts'

/** Explains an allocation, section by section; who has no amount gets no sections about money. */
export function explain(input: ExplanationInput): Explanation {
  const { outcome, allocationId } = input.allocation
  return {
    allocationId,
    title:
      outcome === 'not-eligible'
        ? 'Why no budget was worked out'
        : 'How your indicative budget was worked out',
    short: sheetParts(sheet(input, en)),
    lines: [
      ...answerLines(input),
      ...unpaidSupportLines(input),
      ...totalLines(input),
      ...(outcome === 'not-eligible' ? [] : tabledLines(input)),
      ...checkLines(input),
      ...supersessionLines(input),
    ],
  }
}

function tabledLines({ table, ...input }: ExplanationInput) {
  const tableRef = input.allocation.table
  if (table === null || tableRef === null)
    throw new Error('an allocation of somebody eligible is explained with its table')
  const priced = { ...input, table, tableRef }
  if (input.allocation.amountAnnual === null) return tableLines(priced)
  return [
    ...tableLines(priced),
    ...groupLines(priced),
    ...sumLines(priced),
    ...contingencyLines(priced),
    ...changeLines(priced),
  ]
}
