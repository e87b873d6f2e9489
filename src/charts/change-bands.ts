// How many people would get how much more or less: counts in fixed bands of the yearly change, so that no limit says
// anything about a person. For the public, bands are joined until no method shows a count under ten.
import type { SameIn } from '../domain/disclosure/disclosed-impact.ts'
import { inPounds } from '../domain/number/in-words.ts'
import { present } from '../domain/present.ts'

/** From the greatest loss to the greatest gain. Counts are of rows of the cohort, one for each method. */
export type ChangeBand = {
  readonly label: string
  readonly side: 'less' | 'same' | 'more'
  readonly counts: readonly number[]
}

/** Pounds a year. */
const LIMITS = [1_000, 2_500, 5_000, 10_000] as const

type Part = { readonly from: number; readonly to: number | null; readonly counts: readonly number[] }

/** The bands of each method's changes (pence a year, one list for each method); no count from 1 to below `fewest`. */
export function changeBands(
  changes: readonly (readonly number[])[],
  fewest = 1,
  sameIn: SameIn = 'apart',
): readonly ChangeBand[] {
  const [withLess, withMore] = [sameIn === 'lower', sameIn === 'higher']
  const less = joined(parts(changes, -1, withLess), fewest).map((part) => named(part, 'less', withLess))
  const more = joined(parts(changes, 1, withMore), fewest).map((part) => named(part, 'more', withMore))
  if (sameIn !== 'apart') return [...less, ...more.toReversed()]
  const same = changes.map((own) => own.filter((change) => change === 0).length)
  const still = same.some((count) => count > 0)
    ? [{ label: 'no change', side: 'same' as const, counts: same }]
    : []
  return [...less, ...still, ...more.toReversed()]
}

/** Outermost first. */
function parts(changes: readonly (readonly number[])[], sign: 1 | -1, withSame: boolean): readonly Part[] {
  const edges = [0, ...LIMITS]
  return edges.toReversed().map((from) => {
    const to = edges[edges.indexOf(from) + 1] ?? null
    const inside = (size: number) =>
      (withSame ? size >= 0 : size > 0) && size >= from * 100 && (to === null || size < to * 100)
    return { from, to, counts: changes.map((own) => own.filter((change) => inside(change * sign)).length) }
  })
}

/** The outer bands are joined inwards; what is left over at the end joins the band before it. */
function joined(bands: readonly Part[], fewest: number): readonly Part[] {
  const done: Part[] = []
  let open: Part | null = null
  for (const part of bands) {
    open = open === null ? part : together(open, part)
    if (!isLarge(open, fewest)) continue
    done.push(open)
    open = null
  }
  while (open !== null && done.length > 0) {
    open = together(present(done.pop()), open)
    if (isLarge(open, fewest)) return [...done, open]
  }
  return done
}

function together(outer: Part, inner: Part): Part {
  const counts = outer.counts.map((count, i) => count + present(inner.counts[i]))
  return { from: inner.from, to: outer.to, counts }
}

// An empty band is no band of its own where bands are joined; it only widens its neighbour.
function isLarge({ counts }: Part, fewest: number): boolean {
  const some = fewest === 1 || counts.some((count) => count > 0)
  return some && counts.every((count) => count === 0 || count >= fewest)
}

function named({ from, to, counts }: Part, side: 'less' | 'more', withSame: boolean): ChangeBand {
  const same = withSame && from === 0 ? ', or the same' : ''
  return { label: `${sizeText(from, to)}${side}${same}`, side, counts }
}

function sizeText(from: number, to: number | null): string {
  if (to === null) return from === 0 ? '' : `at least ${inPounds(String(from))} `
  return from === 0
    ? `up to ${inPounds(String(to))} `
    : `${inPounds(String(from))} to ${inPounds(String(to))} `
}
