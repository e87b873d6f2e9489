// Who gains and who loses by what they cost now: a bar for each tenth of present cost, in shares of classes of change.
import { type Chart, CONFIG, specOf, WIDTH } from './chart.ts'

/** Words say what the class is; `tone` goes from the greatest gain (0) to the greatest loss (4), null without a cost. */
export type ChangeShare = {
  readonly words: string
  readonly tone: number | null
  readonly label: string
  readonly people: number
}
export type TenthBar = { readonly tenth: string; readonly shares: readonly ChangeShare[] }

/** Two blues, grey, two oranges, told apart by colour-blind readers; their order says the rest. */
const TONES = ['#0b4f8a', '#8ec1e0', '#d9dadb', '#f3b48c', '#a63c06'] as const
const WITHOUT = '#ffffff'
/** Letters on the two dark ends are white. */
const DARK = [0, 4]

/** The dearest stand on top. */
export function changeByTenth(key: string, title: string, bars: readonly TenthBar[]): Chart {
  const classes = bars[0]?.shares ?? []
  const values = bars.flatMap(({ tenth, shares }) => {
    const all = shares.reduce((sum, { people }) => sum + people, 0)
    return shares.map(({ words, tone, label, people }, order) => ({
      tenth,
      words,
      order,
      share: all === 0 ? 0 : people / all,
      // Where a part is too narrow for its number, the table has it.
      label: people * 20 < all ? '' : label,
      onDark: tone !== null && DARK.includes(tone),
    }))
  })
  const y = {
    field: 'tenth',
    type: 'nominal',
    sort: bars.map(({ tenth }) => tenth).toReversed(),
    axis: { title: null, ticks: false },
  }
  const x = {
    field: 'share',
    type: 'quantitative',
    stack: 'zero',
    scale: { domain: [0, 1] },
    axis: { title: 'Share of people', format: '.0%', tickCount: 4 },
  }
  const order = { field: 'order' }
  const color = {
    field: 'words',
    type: 'nominal',
    title: null,
    scale: {
      domain: classes.map(({ words }) => words),
      range: classes.map(({ tone }) => (tone === null ? WITHOUT : TONES[tone])),
    },
    legend: { columns: 3, symbolType: 'square', symbolStrokeColor: '#505a5f' },
  }
  return {
    key,
    title,
    description: bars.map((bar) => `${bar.tenth}: ${spoken(bar)}.`).join(' '),
    spec: specOf({
      data: { values },
      width: WIDTH - 140,
      height: 26 * Math.max(1, bars.length),
      layer: [
        { mark: { type: 'bar', stroke: '#505a5f', strokeWidth: 0.5 }, encoding: { x, y, color, order } },
        ...[true, false].map((onDark) => ({
          mark: { type: 'text', fontSize: 12, color: onDark ? '#ffffff' : '#0b0c0c' },
          encoding: {
            x: { ...x, bandPosition: 0.5 },
            y,
            order,
            detail: { field: 'words' },
            text: { condition: { test: `datum.onDark === ${onDark}`, field: 'label' }, value: '' },
          },
        })),
      ],
      config: CONFIG,
    }),
  }
}

function spoken({ shares }: TenthBar): string {
  return shares.map(({ label, words }) => `${label} ${words}`).join(', ')
}
