// Points against money for everybody to see: averages of bands of points, now and with each method, no single person.
import { decimal } from '../domain/number/decimal.ts'
import { inPounds } from '../domain/number/in-words.ts'
import { type Chart, COLOURS, CONFIG, place, poundsAxis, scaleOf, specOf, WIDTH } from './chart.ts'
import { extremes } from './extremes.ts'

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
    title: finding(averages, series),
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

// The band that the first method would change most.
function finding(averages: readonly BandAverage[], [now, first]: readonly string[]): string {
  const shown = (name: string | undefined) =>
    averages.flatMap(({ band, series, average }) =>
      series === name && average !== null ? [{ band, average }] : [],
    )
  const moved = shown(first).flatMap((then) => {
    const before = shown(now).find(({ band }) => band === then.band)
    if (before === undefined) return []
    return [
      { ...then, before: before.average, by: decimal(then.average).minus(before.average).abs().toFixed() },
    ]
  })
  const most = extremes(moved, ({ by }) => by)?.greatest
  if (most === undefined) return 'What people in each band of points have on average now'
  const { band, before, average } = most
  return `People with ${band.replace(/ points$/, '')} points would change most on average: from ${inPounds(before)} now to ${inPounds(average)} with ${first}`
}
