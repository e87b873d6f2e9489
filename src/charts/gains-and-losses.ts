// How many people would get how much more or less a year, a panel for each method.
import { plain } from '../domain/number/in-words.ts'
import { present } from '../domain/present.ts'
import type { ChangeBand } from './change-bands.ts'
import { type Chart, CONFIG, facets, panels, specOf, WIDTH } from './chart.ts'
import { extremes } from './extremes.ts'

const SIDES = { less: '#C2410C', same: '#505a5f', more: '#0072B2' } as const

/** `leading` are the methods that the title compares; `methods` names the counts of the bands, in their order. */
export function gainsAndLosses(
  key: string,
  methods: readonly string[],
  bands: readonly ChangeBand[],
  leading: readonly string[] = methods,
): Chart {
  const values = methods.flatMap((method, i) =>
    bands.map(({ label, side, counts }) => ({ method, label, side, people: counts[i] ?? 0 })),
  )
  const { columns } = panels(methods.length, 3)
  // The names of the bands need their room once, to the left of all panels.
  const width = Math.floor((WIDTH - 175 - 24 * columns) / columns)
  return {
    key,
    title: finding(methods, bands, leading),
    description: `Number of people for each size of change a year. ${methods
      .map((method, i) => `${method}: ${spoken(bands, i)}.`)
      .join(' ')}`,
    spec: specOf({
      data: { values },
      ...facets('method', methods, columns, { width, height: bands.length * 26, layer: layersOf(bands) }),
      config: CONFIG,
    }),
  }
}

function finding(
  methods: readonly string[],
  bands: readonly ChangeBand[],
  leading: readonly string[],
): string {
  const counts = methods.flatMap((method, i) =>
    leading.includes(method)
      ? [{ method, less: people(bands, i, 'less'), more: people(bands, i, 'more') }]
      : [],
  )
  const found = extremes(counts, ({ less }) => less)
  if (found === null) return 'No method can be shown'
  const { least, greatest } = found
  const [more, less] = [withSame(bands, 'more'), withSame(bands, 'less')]
  const fewest = plain(least.less)
  if (counts.length === 1) return `${plain(least.more)} people would get ${more}, and ${fewest} ${less}`
  return least.less === greatest.less
    ? `With each method ${fewest} people would get ${less}`
    : `Fewest people would get ${less} with ${least.method} (${fewest}), most with ${greatest.method} (${plain(greatest.less)})`
}

function people(bands: readonly ChangeBand[], method: number, side: ChangeBand['side']): string {
  return String(
    bands.filter((band) => band.side === side).reduce((sum, { counts }) => sum + present(counts[method]), 0),
  )
}

function withSame(bands: readonly ChangeBand[], side: 'less' | 'more'): string {
  return bands.some((band) => band.side === side && band.withSame) ? `${side} or the same` : side
}

function layersOf(bands: readonly ChangeBand[]): readonly object[] {
  const most = Math.max(1, ...bands.flatMap(({ counts }) => counts))
  const y = {
    field: 'label',
    type: 'nominal',
    sort: bands.map(({ label }) => label).toReversed(),
    axis: { title: null },
  }
  const x = {
    field: 'people',
    type: 'quantitative',
    axis: { title: 'People', tickMinStep: 1, tickCount: 4, format: ',~f' },
    // Room to the right of the longest bar for its number.
    scale: { domain: [0, 1.25 * most], nice: false },
  }
  const color = {
    field: 'side',
    type: 'nominal',
    legend: null,
    scale: { domain: Object.keys(SIDES), range: Object.values(SIDES) },
  }
  return [
    { mark: { type: 'bar' }, encoding: { x, y, color } },
    {
      mark: { type: 'text', align: 'left', dx: 4, fontSize: 12, color: '#0b0c0c' },
      encoding: { x, y, text: { field: 'people', format: ',~f' } },
    },
  ]
}

function spoken(bands: readonly ChangeBand[], method: number): string {
  return bands.map(({ label, counts }) => `${counts[method] ?? 0} ${label}`).join(', ')
}
