// How each group's money would change with each method: the choice of a method is a choice between groups.
import { decimal } from '../domain/number/decimal.ts'
import { inPercent } from '../domain/number/in-words.ts'
import { type Chart, COLOURS, CONFIG, place, SHAPES, scaleOf, specOf } from './chart.ts'
import { extremes } from './extremes.ts'

/** Per cent of what the group has now; null where it may not be shown. */
export type GroupChange = { readonly group: string; readonly method: string; readonly percent: string | null }

// Away from the line of no change.
const LABEL = { type: 'text', fontSize: 11, color: '#0b0c0c' } as const
const LABEL_OF_GAIN = {
  transform: [{ filter: 'datum.percent >= 0' }],
  mark: { ...LABEL, align: 'left', dx: 8 },
}
const LABEL_OF_LOSS = {
  transform: [{ filter: 'datum.percent < 0' }],
  mark: { ...LABEL, align: 'right', dx: -8 },
}

/** A row for each group, a mark for each method, around the line of no change. */
export function changeByGroup(
  key: string,
  changes: readonly GroupChange[],
  leading?: readonly string[],
): Chart {
  const methods = [...new Set(changes.map(({ method }) => method))]
  const values = changes.flatMap(({ group, method, percent }) =>
    percent === null ? [] : [{ group, method, percent: place(percent), label: inPercent(percent, true) }],
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
    // Room beside the outermost marks for their figures.
    scale: { padding: 60 },
    axis: { title: 'Change in the group’s total', labelExpr, tickCount: 6 },
  }
  return {
    key,
    title: finding(changes.filter(({ method }) => (leading ?? methods).includes(method))),
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
        ...[LABEL_OF_GAIN, LABEL_OF_LOSS].map((label) => ({
          ...label,
          encoding: { y, x, yOffset: { field: 'method', sort: methods }, text: { field: 'label' } },
        })),
      ],
      config: CONFIG,
    }),
  }
}

function finding(changes: readonly GroupChange[]): string {
  const shown = changes.flatMap(({ percent, ...one }) => (percent === null ? [] : [{ ...one, percent }]))
  const found = extremes(shown, ({ percent }) => percent)
  if (found === null) return 'No group can be shown'
  const { least, greatest } = found
  const gains = decimal(greatest.percent).greaterThan(0)
    ? [`${greatest.group} would gain most, ${said(greatest)}`]
    : []
  const loses = decimal(least.percent).isNegative() ? [`${least.group} would lose most, ${said(least)}`] : []
  return [...gains, ...loses].join('; ') || 'No group’s total would change'
}

function said({ method, percent }: GroupChange & { readonly percent: string }): string {
  return `${inPercent(percent, true)} with ${method}`
}
