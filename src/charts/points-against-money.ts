// Points against money: single people's present costs, and the line of each method's table through the same people.
// Dots are people, so they are drawn only where rows of people may be shown.
import { inPounds, plain } from '../domain/number/in-words.ts'
import {
  type Chart,
  COLOURS,
  CONFIG,
  DASHES,
  facets,
  panels,
  place,
  pointsAxis,
  poundsAxis,
  scaleOf,
  specOf,
} from './chart.ts'
import { extremes } from './extremes.ts'

/** One person: points, and pounds a year. Decimal strings. */
export type Dot = { readonly points: string; readonly cost: string }
export type CurvePoint = { readonly points: string; readonly amountAnnual: string }
export type NamedCurve = { readonly name: string; readonly knots: readonly CurvePoint[] }
export type Panel = {
  readonly title: string
  readonly dots: readonly Dot[]
  readonly curves: readonly NamedCurve[]
}

/** Everybody's points and present cost, a panel for each group. */
export function pointsAgainstCost(key: string, groups: readonly Panel[]): Chart {
  return {
    key,
    title: dearest(groups),
    description: `Each dot is one person: points across, cost in pounds a year upwards. ${panelsOf(groups)}`,
    spec: panelled(groups, 'Cost now (£ a year)', 3),
  }
}

/** The same people against the line of every method. Without dots, the lines alone. */
export function pointsAgainstMethods(key: string, groups: readonly Panel[]): Chart {
  const dots = groups.some((panel) => panel.dots.length > 0)
  const names = curveNames(groups)
  return {
    key,
    title: `${atTheTop(groups)}${dots ? '; dots are what people cost now' : ''}`,
    description:
      `${dots ? 'Dots are people now; lines are' : 'Lines are'} what each method would give in pounds a year at ` +
      `each number of points: ${names.join(', ')}. ${panelsOf(groups)}`,
    spec: panelled(groups, '£ a year', 2),
  }
}

function panelled(groups: readonly Panel[], axis: string, most: number): Chart['spec'] {
  const { columns, width, height } = panels(groups.length, most)
  const titles = groups.map(({ title }) => title)
  const one = { width, height, layer: layersOf(groups, axis) }
  return specOf({
    data: { values: groups.flatMap(rowsOf) },
    ...(groups.length > 1 ? facets('panel', titles, columns, one) : one),
    config: CONFIG,
  })
}

function layersOf(groups: readonly Panel[], axis: string): readonly object[] {
  const names = curveNames(groups)
  const x = { field: 'points', type: 'quantitative', axis: pointsAxis(), scale: { nice: names.length === 0 } }
  const y = { field: 'money', type: 'quantitative', axis: poundsAxis(axis) }
  const named = { field: 'curve', type: 'nominal', title: null }
  const dots = {
    transform: [{ filter: "datum.kind === 'person'" }],
    mark: { type: 'point', size: 26, filled: true, opacity: 0.55, color: '#505a5f' },
    encoding: { x, y },
  }
  const lines = {
    transform: [{ filter: "datum.kind === 'curve'" }],
    mark: { type: 'line', strokeWidth: 2.5 },
    encoding: {
      x,
      y,
      color: { ...named, scale: scaleOf(names, COLOURS), legend: LINES },
      strokeDash: { ...named, scale: scaleOf(names, DASHES), legend: LINES },
      order: { field: 'points' },
    },
  }
  return names.length === 0 ? [dots] : [dots, lines]
}

/** Long enough for a dash to be seen. */
const LINES = { symbolType: 'stroke', symbolSize: 900, symbolStrokeWidth: 2.5 }

function rowsOf({ title, dots, curves }: Panel): readonly object[] {
  return [
    ...dots.map(({ points, cost }) => ({
      panel: title,
      kind: 'person',
      points: place(points),
      money: place(cost),
    })),
    ...curves.flatMap(({ name, knots }) =>
      knots.map(({ points, amountAnnual }) => ({
        panel: title,
        kind: 'curve',
        curve: name,
        points: place(points),
        money: place(amountAnnual),
      })),
    ),
  ]
}

function curveNames(groups: readonly Panel[]): readonly string[] {
  return [...new Set(groups.flatMap(({ curves }) => curves.map(({ name }) => name)))]
}

function panelsOf(groups: readonly Panel[]): string {
  return groups.length > 1 ? `One panel for each of: ${groups.map(({ title }) => title).join(', ')}.` : ''
}

function dearest(groups: readonly Panel[]): string {
  const dot = extremes(
    groups.flatMap(({ dots }) => dots),
    ({ cost }) => cost,
  )?.greatest
  return dot === undefined
    ? 'Nobody can be shown'
    : `The highest cost now, ${inPounds(dot.cost)} a year, is of a person with ${plain(dot.points)} points`
}

function atTheTop(groups: readonly Panel[]): string {
  const ends = groups.flatMap(({ curves }) =>
    curves.flatMap(({ name, knots }) => knots.slice(-1).map((knot) => ({ name, ...knot }))),
  )
  const found = extremes(ends, ({ amountAnnual }) => amountAnnual)
  if (found === null) return 'No line can be shown'
  const { least, greatest } = found
  const most = `${plain(greatest.points)} points give ${inPounds(greatest.amountAnnual)} a year with ${greatest.name}`
  return least.name === greatest.name
    ? most
    : `${most}, and ${inPounds(least.amountAnnual)} with ${least.name}`
}
