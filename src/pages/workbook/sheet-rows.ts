// Tables as rows of a spreadsheet: figures as numbers with their formats, text that no spreadsheet takes for a formula.
import type { CellObject, Row as SheetRow } from 'write-excel-file/node'
import { plainText } from '../csv-text.ts'
import { type Cell, cellText, type Grid } from '../grid.ts'

const POUNDS = '£#,##0.00'
const SIGNED_POUNDS = '+£#,##0.00;-£#,##0.00;£0.00'

/** The caption, the heads, the rows and the note, with an empty row after them. */
export function tableRows({ caption, columns, rows, note }: Grid): readonly SheetRow[] {
  return [
    [textCell(caption, true)],
    columns.map(({ title, numeric }) => ({ ...textCell(title, true), align: numeric ? 'right' : 'left' })),
    ...rows.map(({ cells }) => cells.map(sheetCell)),
    ...(note === null ? [] : [[textCell(note)]]),
    [],
  ]
}

/** One cell. */
export function sheetCell(cell: Cell): CellObject {
  switch (cell.kind) {
    case 'pounds':
      return { value: numberOf(cell.value), type: Number, format: cell.signed ? SIGNED_POUNDS : POUNDS }
    // Kept in per cent as the page has it, not as a share: a reader compares the two.
    case 'percent':
      return { value: numberOf(cell.value), type: Number, format: '0.00' }
    case 'number':
      return { value: numberOf(cell.value), type: Number }
    case 'text':
      return textCell(cell.text)
    default:
      return { ...textCell(cellText(cell)), align: 'right' }
  }
}

/** Text as text: what a formula would begin with is quoted, and what XML cannot hold is left out. */
export function textCell(value: string, strong = false): CellObject {
  const printable = value.replace(/[^\P{Cc}\t\n\r]/gu, '')
  return { value: plainText(printable), type: String, ...(strong ? { fontWeight: 'bold' } : {}) }
}

// Every decimal string here has few enough digits for a spreadsheet's own numbers to hold it to the penny.
function numberOf(decimal: string): number {
  return Number(decimal)
}
