// A grid of figures before it is a page or a sheet (a table is what turns points into pounds). Cells keep their decimal strings, so that a page prints them and
// a workbook holds them as numbers, and both hide the same.
import { inPercent, inPounds, plain } from '../domain/number/in-words.ts'

export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pounds'; readonly value: string; readonly places: 0 | 2; readonly signed: boolean }
  | { readonly kind: 'percent'; readonly value: string; readonly signed: boolean }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'nothing' }

export type Column = { readonly title: string; readonly numeric: boolean }
export type Row = { readonly cells: readonly Cell[]; readonly strong: boolean }

/** The first cell of a row names it. */
export type Grid = {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What a reader needs beneath the figures; null for nothing. */
  readonly note: string | null
}

/** What a hidden figure is printed as. */
export const HIDDEN_MARK = '[c]'

export const HIDDEN: Cell = { kind: 'hidden' }
export const NOTHING: Cell = { kind: 'nothing' }

export function text(value: string): Cell {
  return { kind: 'text', text: value }
}

/** Pounds; null prints as nothing there. */
export function pounds(value: string | null, places: 0 | 2 = 0): Cell {
  return value === null ? NOTHING : { kind: 'pounds', value, places, signed: false }
}

/** A change in pounds, with its sign. */
export function change(value: string | null, places: 0 | 2 = 0): Cell {
  return value === null ? NOTHING : { kind: 'pounds', value, places, signed: true }
}

/** A value that is a percentage already: "-1.31". */
export function percent(value: string | null, signed = false): Cell {
  return value === null ? NOTHING : { kind: 'percent', value, signed }
}

export function number(value: string | number | null): Cell {
  return value === null ? NOTHING : { kind: 'number', value: String(value) }
}

/** The cell, or the mark of a hidden one. */
export function unless(hidden: boolean, cell: () => Cell): Cell {
  return hidden ? HIDDEN : cell()
}

/** A cell as a page prints it. */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'pounds':
      return inPounds(cell.value, cell.places, cell.signed)
    case 'percent':
      return inPercent(cell.value, cell.signed)
    case 'number':
      return plain(cell.value)
    case 'hidden':
      return HIDDEN_MARK
    case 'nothing':
      return '–'
  }
}

/** A table of which the first column names the rows. A column is of figures when none of its cells is text. */
export function grid(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  note: string | null = null,
): Grid {
  return {
    caption,
    columns: titles.map((title, i) => ({
      title,
      numeric: i > 0 && rows.every((row) => row[i]?.kind !== 'text'),
    })),
    rows: rows.map((cells) => ({ cells, strong: false })),
    note,
  }
}

/** The same table with a last row that stands out: a total. */
export function withTotal(own: Grid, cells: readonly Cell[]): Grid {
  return { ...own, rows: [...own.rows, { cells, strong: true }] }
}

/** Even parts of at most so many, in order: as many columns as a printed page holds. */
export function parted<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const parts = Math.ceil(list.length / most)
  const size = Math.ceil(list.length / Math.max(1, parts))
  return Array.from({ length: parts }, (_, i) => list.slice(i * size, (i + 1) * size))
}
