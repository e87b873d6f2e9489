// What every chart has in common: words for those who cannot see it, a palette that colour-blind readers can tell
// apart (and never colour alone: lines differ in dashes, marks in shape, bars in their labels), and readable axes.
import type { TopLevelSpec } from 'vega-lite'

/** A chart as data. `key` is unique on a page and made of letters, digits and hyphens. */
export type Chart = {
  readonly key: string
  readonly title: string
  readonly description: string
  readonly spec: TopLevelSpec
}

/** The colours of Okabe and Ito that stand out on white. */
export const COLOURS = ['#0072B2', '#C2410C', '#00795C', '#8E3B7A', '#000000', '#946200'] as const
export const DASHES = [[], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [14, 4]] as const
export const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'] as const

/** The widest a chart may be, in pixels: the text of a printed A4 page. */
export const WIDTH = 690

export const CONFIG = {
  aria: false,
  background: 'white',
  font: 'Arial, Helvetica, sans-serif',
  padding: 6,
  facet: { spacing: { row: 30, column: 24 } },
  view: { stroke: '#b1b4b6' },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: '#0b0c0c',
    titleColor: '#0b0c0c',
    gridColor: '#e5e6e7',
    labelLimit: 0,
    titleLimit: 0,
  },
  header: { labelFontSize: 13, labelFontWeight: 'bold', labelLimit: 0, labelColor: '#0b0c0c' },
  legend: {
    labelFontSize: 12,
    titleFontSize: 12,
    labelLimit: 0,
    titleLimit: 0,
    orient: 'top',
    symbolSize: 90,
    columns: 3,
    direction: 'horizontal',
  },
} as const

const POUNDS = "replace(format(datum.value, ',.0f'), '-', '−')"

/** An axis of pounds with thousands separators: £12,000, −£500. */
export function poundsAxis(title: string) {
  return {
    title,
    labelExpr: `datum.value < 0 ? replace(${POUNDS}, '−', '−£') : '£' + ${POUNDS}`,
    tickCount: 6,
  } as const
}

export function pointsAxis(title = 'Points') {
  return { title, format: ',~f', tickCount: 6 } as const
}

/** A scale that gives each name its own of the values, in the order of the names. */
export function scaleOf<T>(names: readonly string[], values: readonly T[]) {
  const range = names.map((_, i) => values[i % values.length] as T)
  return { domain: [...names], range }
}

/** The size of each of several panels side by side, and how many go into a row. */
export function panels(count: number, most: number): { width: number; height: number; columns: number } {
  // Four stand better two by two than as three and one.
  const columns = count === 4 ? Math.min(2, most) : Math.max(1, Math.min(count, most))
  // The axis of pounds stands once, to the left of all panels.
  const width = Math.floor((WIDTH - 90 - 24 * (columns - 1)) / columns)
  return { columns, width, height: columns === 1 ? 250 : 200 }
}

/** A specification that is written here, as the library's own type. */
export function specOf(spec: object): Chart['spec'] {
  return spec as Chart['spec']
}

/** A panel for each name, each with its own axis beneath it, also where the last row is not full. */
export function facets(field: string, names: readonly string[], columns: number, spec: object): object {
  return {
    facet: { field, type: 'nominal', title: null, sort: [...names] },
    columns,
    spec,
    resolve: { axis: { x: 'independent' } },
  }
}

/** A decimal string as a place on a chart: near enough for a pixel, never for a sum. */
export function place(decimal: string): number {
  return Number(decimal)
}
