// What each way of moving people to new amounts costs, month by month, a panel for each method.
import { inPounds } from '../domain/number/in-words.ts'
import {
  type Chart,
  COLOURS,
  CONFIG,
  DASHES,
  facets,
  panels,
  place,
  poundsAxis,
  SHAPES,
  scaleOf,
  specOf,
} from './chart.ts'

export type ScenarioLine = {
  readonly method: string
  readonly scenario: string
  readonly months: readonly { readonly month: number; readonly cost: string }[]
}

/** Pounds a month. */
export function scenarioCosts(key: string, lines: readonly ScenarioLine[]): Chart {
  const methods = [...new Set(lines.map(({ method }) => method))]
  const { columns, width, height } = panels(methods.length, 3)
  const values = lines.flatMap(({ method, scenario, months }) =>
    months.map(({ month, cost }) => ({ method, scenario, month, money: place(cost) })),
  )
  return {
    key,
    title: 'What each option costs, month by month',
    description:
      `Cost in pounds a month for each scenario. ` +
      lines.map((line) => `${line.method}, ${line.scenario}: ${ends(line)}.`).join(' '),
    spec: specOf({
      data: { values },
      ...facets('method', methods, columns, {
        width,
        height: height + 40,
        mark: MARK,
        encoding: encodingOf(lines),
      }),
      config: CONFIG,
    }),
  }
}

const MARK = { type: 'line', strokeWidth: 2, point: { size: 34 } }

function encodingOf(lines: readonly ScenarioLine[]): object {
  const names = [...new Set(lines.map(({ scenario }) => scenario))]
  const named = { field: 'scenario', type: 'nominal', title: null }
  const last = Math.max(...lines.map(({ months }) => months.length))
  // Quarters: month 1, 3, 6, 9, 12.
  const every = 3 * Math.ceil(last / 24)
  const values = [1, ...Array.from({ length: Math.floor(last / every) }, (_, i) => (i + 1) * every)]
  return {
    x: {
      field: 'month',
      type: 'quantitative',
      scale: { domain: [1, Math.max(2, last)], nice: false, padding: 6 },
      axis: { title: 'Month', values, format: 'd', grid: false },
    },
    y: {
      field: 'money',
      type: 'quantitative',
      scale: { zero: false },
      axis: poundsAxis('Cost (£ a month)'),
    },
    color: { ...named, scale: scaleOf(names, COLOURS), legend: { columns: 3, symbolSize: 120 } },
    strokeDash: { ...named, scale: scaleOf(names, DASHES) },
    shape: { ...named, scale: scaleOf(names, SHAPES) },
  }
}

function ends({ months }: ScenarioLine): string {
  const [first, last] = [inPounds(months[0]?.cost ?? '0'), inPounds(months.at(-1)?.cost ?? '0')]
  return first === last
    ? `${first} in the first month and in the last`
    : `from ${first} in the first month to ${last} in the last`
}
