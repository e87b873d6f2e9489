// Points against money for everybody to see: averages of bands of points, now and with each method, no single person.
import { type Chart, COLOURS, CONFIG, place, poundsAxis, scaleOf, specOf, WIDTH } from './chart.ts'

/** Pounds a year; null where a band may not be shown. */
export type BandAverage = { readonly band: string; readonly series: string; readonly average: string | null }

/** A cross stands for what people have already. */
const MARKS = [
  'cross',
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'triangle-down',
  'triangle-right',
] as const

/** The average amount of each band of points, one mark for each series ("Now" and the methods). */
export function averagesByPoints(key: string, averages: readonly BandAverage[]): Chart {
  const values = averages.flatMap(({ band, series, average }) =>
    average === null ? [] : [{ band, series, money: place(average) }],
  )
  const series = [...new Set(averages.map((one) => one.series))]
  const x = {
    field: 'band',
    type: 'nominal',
    sort: [...new Set(averages.map(({ band }) => band))],
    // The axis says what is counted.
    axis: { title: 'Points', labelAngle: 0, labelExpr: "replace(datum.label, ' points', '')" },
  }
  const named = { field: 'series', type: 'nominal', title: null }
  return {
    key,
    title: 'Average amount for each points band',
    description: `Average pounds a year of people in each band of points, for each of: ${series.join(', ')}.`,
    spec: specOf({
      data: { values },
      width: WIDTH - 100,
      height: 260,
      mark: { type: 'point', size: 90, filled: true, opacity: 0.9 },
      encoding: {
        x,
        xOffset: { field: 'series', sort: series },
        y: { field: 'money', type: 'quantitative', axis: poundsAxis('Average (£ a year)') },
        color: { ...named, scale: scaleOf(series, ['#505a5f', ...COLOURS]) },
        shape: { ...named, scale: scaleOf(series, MARKS) },
      },
      config: CONFIG,
    }),
  }
}
