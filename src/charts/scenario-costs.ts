// What each way of moving people to new amounts costs, month by month, a panel for each method.
import { decimal } from '../domain/number/decimal.ts'
import { inPounds, plural } from '../domain/number/in-words.ts'
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
import { extremes } from './extremes.ts'

export type ScenarioLine = {
  readonly method: string
  readonly scenario: string
  readonly months: readonly { readonly month: number; readonly cost: string }[]
}

/** Pounds a month. */
export function scenarioCosts(key: string, lines: readonly ScenarioLine[]): Chart {
  const methods = [...new Set(lines.map(({ method }) => method))]
  const { columns, width, height } = panels(methods.length, 3)
  const values = lines.flatMap((line) =>
    line.months.map(({ month, cost }, i) => ({
      method: line.method,
      scenario: line.scenario,
      month,
      money: place(cost),
      label: i === line.months.length - 1 ? labelAtEnd(line, lines) : null,
    })),
  )
  return {
    key,
    title: finding(lines),
    description:
      `Cost in pounds a month for each scenario. ` +
      lines.map((line) => `${line.method}, ${line.scenario}: ${ends(line)}.`).join(' '),
    spec: specOf({
      data: { values },
      ...facets('method', methods, columns, {
        width,
        height: height + 40,
        layer: [
          { mark: MARK, encoding: encodingOf(lines) },
          { transform: [{ filter: 'datum.label !== null' }], mark: LABEL, encoding: ENDS },
        ],
      }),
      config: CONFIG,
    }),
  }
}

const MARK = { type: 'line', strokeWidth: 2, point: { size: 34 } }
const LABEL = { type: 'text', align: 'left', dx: 7, fontSize: 11, color: '#0b0c0c' }
const ENDS = {
  x: { field: 'month', type: 'quantitative' },
  y: { field: 'money', type: 'quantitative' },
  text: { field: 'label' },
}

/** The codes of all that end about where a line ends, beside the first of them: "S2, S3". */
function labelAtEnd(line: ScenarioLine, lines: readonly ScenarioLine[]): string | null {
  const own = lines.filter(({ method }) => method === line.method)
  const costs = own.flatMap(({ months }) => months.map(({ cost }) => place(cost)))
  const near = (Math.max(...costs) - Math.min(...costs)) / 20
  const end = ({ months }: ScenarioLine) => place(months.at(-1)?.cost ?? '0')
  const together = own.filter((one) => Math.abs(end(one) - end(line)) <= near)
  return together[0] === line ? together.map(({ scenario }) => scenario.split(':')[0]).join(', ') : null
}

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
      scale: { domain: [1, Math.max(2, last)], nice: false, padding: 22 },
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

// With the first method.
function finding(lines: readonly ScenarioLine[]): string {
  const own = lines
    .filter(({ method }) => method === lines[0]?.method)
    .map((line) => ({
      ...line,
      cost: line.months.reduce((sum, month) => sum.plus(month.cost), decimal('0')).toFixed(),
    }))
  const found = extremes(own, ({ cost }) => cost)
  if (found === null) return 'No scenario can be shown'
  const { least, greatest } = found
  const months = `Over ${plural(greatest.months.length, 'month', 'months')} with ${greatest.method}`
  if (least === greatest) return `${months}, each scenario costs ${inPounds(least.cost)}`
  return `${months}, ${named(greatest)} costs most, ${inPounds(greatest.cost)}, and ${named(least)} least, ${inPounds(least.cost)}`
}

/** "S1: gains at once, losses not yet" inside a sentence. */
function named({ scenario }: ScenarioLine): string {
  const [code = '', meaning] = scenario.split(': ')
  return meaning === undefined ? code : `${code} (${meaning})`
}
