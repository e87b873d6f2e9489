// How far another cohort could have moved each method's line: the line, and the band that it would mostly lie in.
import { fractionInPercent, fromTo, inPounds, plain } from '../domain/number/in-words.ts'
import { type Chart, CONFIG, facets, panels, place, pointsAxis, poundsAxis, specOf } from './chart.ts'

export type BandPoint = {
  readonly points: string
  readonly estimate: string
  readonly lower: string
  readonly upper: string
}
export type BandPanel = { readonly title: string; readonly points: readonly BandPoint[] }

/** A panel for each line; `level` is the share of other cohorts whose line lies inside: 0.95. */
export function bootstrapBand(key: string, lines: readonly BandPanel[], level: number): Chart {
  const { columns, width, height } = panels(lines.length, 3)
  const titles = lines.map(({ title }) => title)
  const share = fractionInPercent(String(level))
  return {
    key,
    title: finding(lines),
    description:
      `The line is the amount in pounds a year for points; the shaded band holds the lines of ${share} of other ` +
      `cohorts like this one. Panels: ${titles.join(', ')}.`,
    spec: specOf({
      data: { values: lines.flatMap(rowsOf) },
      ...facets('panel', titles, columns, { width, height, layer: LAYERS }),
      config: CONFIG,
    }),
  }
}

const X = { field: 'points', type: 'quantitative', axis: pointsAxis(), scale: { nice: false } }
const LAYERS = [
  {
    mark: { type: 'area', color: '#8ec1e0', opacity: 0.8 },
    encoding: {
      x: X,
      y: { field: 'lower', type: 'quantitative', axis: poundsAxis('£ a year') },
      y2: { field: 'upper' },
    },
  },
  {
    mark: { type: 'line', color: '#0b0c0c', strokeWidth: 2 },
    encoding: { x: X, y: { field: 'estimate', type: 'quantitative' } },
  },
]

function rowsOf({ title, points }: BandPanel): readonly object[] {
  return points.map((one) => ({
    panel: title,
    points: place(one.points),
    estimate: place(one.estimate),
    lower: place(one.lower),
    upper: place(one.upper),
  }))
}

// In the middle of the first line.
function finding([first]: readonly BandPanel[]): string {
  const middle = first?.points[Math.floor(first.points.length / 2)]
  if (first === undefined || middle === undefined) return 'No range can be shown'
  const { points, lower, upper } = middle
  return `The table’s own uncertainty at ${plain(points)} points: ${fromTo(inPounds(lower), inPounds(upper))} a year with ${first.title}`
}
