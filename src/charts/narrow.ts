// The same chart for a telephone: panels one under another, legends in one column, and the drawing only as wide as
// the screen, so that its letters keep their size and nothing moves sideways.
import type { Chart } from './chart.ts'
import { specOf } from './chart.ts'
import { svgOf } from './svg.ts'

/** The width of the text on the narrowest telephone, in pixels. */
export const NARROW = 280
/** A panel narrower than this shows nothing. */
const LEAST = 110
const TRIAL = 180
/** Wider than this, even the least panel has no room beside its labels. */
const MOST = 400

/** The narrow drawing, or null where the chart has none that can be read. How much room labels take is known only once they are drawn, so it is drawn twice. */
export async function narrowSvgOf(chart: Chart): Promise<string | null> {
  const key = `${chart.key}-narrow`
  const draw = (width: number) =>
    svgOf({ ...chart, key, spec: specOf(narrowed(chart.spec, width) as object) })
  const trial = await draw(TRIAL)
  const drawn = widthOf(trial)
  const width = Math.max(LEAST, Math.floor(TRIAL - (drawn - NARROW)))
  const narrow = width === TRIAL ? trial : await draw(width)
  return widthOf(narrow) > MOST ? null : narrow
}

function widthOf(svg: string): number {
  return Number(/ width="([\d.]+)"/.exec(svg)?.[1])
}

function narrowed(part: unknown, width: number): unknown {
  if (Array.isArray(part)) return part.map((one) => narrowed(one, width))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (name === 'data' || name === 'scale') return [name, value]
      if (name === 'width' && typeof value === 'number') return [name, width]
      if (name === 'columns') return [name, 1]
      if (name === 'tickCount') return [name, 3]
      return [name, narrowed(value, width)]
    }),
  )
}
