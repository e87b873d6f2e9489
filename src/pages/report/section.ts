// A report before it is a page: sections of sentences, lists, tables and charts, in the order of reading.
import type { Chart } from '../../charts/chart.ts'
import type { Grid } from '../grid.ts'

export type Item =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly entries: readonly string[] }
  | { readonly kind: 'terms'; readonly terms: readonly { readonly term: string; readonly meaning: string }[] }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'grid'; readonly grid: Grid }
  | { readonly kind: 'chart'; readonly chart: Chart; readonly caption: string }

export type Section = {
  readonly id: string
  readonly title: string
  readonly items: readonly Item[]
  readonly newPage: boolean
}

export function paragraph(text: string): Item {
  return { kind: 'paragraph', text }
}

export function list(entries: readonly string[]): Item {
  return { kind: 'list', entries }
}

export function notice(text: string): Item {
  return { kind: 'notice', text }
}

export function heading(text: string): Item {
  return { kind: 'heading', text }
}

export function gridItem(grid: Grid): Item {
  return { kind: 'grid', grid }
}

export function chartItem(chart: Chart, caption = ''): Item {
  return { kind: 'chart', chart, caption }
}

export function section(id: string, title: string, items: readonly Item[], newPage = false): Section {
  return { id, title, items, newPage }
}
