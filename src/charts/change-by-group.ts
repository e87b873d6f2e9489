// How each group's money would change with each method: the choice of a method is a choice between groups.
import { inPercent } from '../domain/number/in-words.ts'
import { type Chart, COLOURS, CONFIG, place, SHAPES, scaleOf, specOf } from './chart.ts'

/** Per cent of what the group has now; null where it may not be shown. */
export type GroupChange = { readonly group: string; readonly method: string; readonly percent: string | null }

/** A row for each group, a mark for each method, around the line of no change. */
export function changeByGroup(key: string, changes: readonly GroupChange[]): Chart {
  const methods = [...new Set(changes.map(({ method }) => method))]
  const values = changes.flatMap(({ group, method, percent }) =>
    percent === null ? [] : [{ group, method, percent: place(percent) }],
  )
  const named = { field: 'method', type: 'nominal', title: null }
  const y = {
    field: 'group',
    type: 'nominal',
    sort: [...new Set(changes.map(({ group }) => group))],
    axis: { title: null, grid: true, ticks: false, tickBand: 'extent', labelFontSize: 13 },
  }
  const labelExpr = "(datum.value > 0 ? '+' : datum.value < 0 ? '−' : '') + abs(datum.value) + '%'"
  const x = {
    field: 'percent',
    type: 'quantitative',
    scale: { padding: 14 },
    axis: { title: 'Change in the group’s total', labelExpr, tickCount: 6 },
  }
  return {
    key,
    title: 'How each group’s total would change',
    description: changes
      .map(
        ({ group, method, percent }) =>
          `${group}, ${method}: ${percent === null ? 'hidden' : inPercent(percent, true)}.`,
      )
      .join(' '),
    spec: specOf({
      data: { values },
      width: 470,
      height: { step: 13 * (methods.length + 1), for: 'position' },
      layer: [
        { mark: { type: 'rule', color: '#0b0c0c', strokeWidth: 1.5 }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'point', filled: true, size: 120, opacity: 0.9 },
          encoding: {
            y,
            x,
            yOffset: { field: 'method', sort: methods },
            color: { ...named, scale: scaleOf(methods, COLOURS) },
            shape: { ...named, scale: scaleOf(methods, SHAPES) },
          },
        },
      ],
      config: CONFIG,
    }),
  }
}
