// How many people would get how much more or less: counts in fixed bands of the yearly change, so that no limit says
// anything about a person. Outer bands are joined inwards until every method's count may be shown.
import type { UnchangedWith } from '../domain/disclosure/disclosed-impact.ts'
import { joinedAlike } from '../domain/disclosure/joined-groups.ts'
import { type Audience, MODELLER } from '../domain/disclosure/may-show.ts'
import { inPounds } from '../domain/number/in-words.ts'
import { present } from '../domain/present.ts'

/** From the greatest loss to the greatest gain. Counts are of rows of the cohort, one for each method. */
export type ChangeBand = {
  readonly label: string
  readonly side: 'less' | 'same' | 'more'
  /** Those whose amount does not change are counted in it. */
  readonly withSame: boolean
  readonly counts: readonly number[]
}

/** Pounds a year. */
const LIMITS = [1_000, 2_500, 5_000, 10_000] as const

type Range = { readonly from: number; readonly to: number | null; readonly counts: readonly number[] }

/** The bands of each method's changes (pence a year, one list for each method), as an audience may see them. */
export function changeBands(
  changes: readonly (readonly number[])[],
  audience: Audience = MODELLER,
  unchanged: UnchangedWith = 'apart',
): readonly ChangeBand[] {
  const side = (sign: 1 | -1, withSame: boolean) =>
    joined(ranges(changes, sign, withSame), audience).map((range) =>
      named(range, sign === 1 ? 'more' : 'less', withSame),
    )
  const less = side(-1, unchanged === 'lower')
  const more = side(1, unchanged === 'higher')
  if (unchanged !== 'apart') return [...less, ...more.toReversed()]
  const same = changes.map((own) => own.filter((change) => change === 0).length)
  const still = same.some((count) => count > 0)
    ? [{ label: 'no change', side: 'same' as const, withSame: true, counts: same }]
    : []
  return [...less, ...still, ...more.toReversed()]
}

/** Outermost first. */
function ranges(changes: readonly (readonly number[])[], sign: 1 | -1, withSame: boolean): readonly Range[] {
  const edges = [0, ...LIMITS]
  return edges.toReversed().map((from) => {
    const to = edges[edges.indexOf(from) + 1] ?? null
    const inside = (size: number) =>
      (withSame ? size >= 0 : size > 0) && size >= from * 100 && (to === null || size < to * 100)
    return { from, to, counts: changes.map((own) => own.filter((change) => inside(change * sign)).length) }
  })
}

function joined(bands: readonly Range[], audience: Audience): readonly Range[] {
  const counts = bands.map((band) => band.counts)
  return joinedAlike(counts, audience).map(({ first, last }) => ({
    from: present(bands[last]).from,
    to: present(bands[first]).to,
    counts: present(counts[first]).map((_, i) =>
      counts.slice(first, last + 1).reduce((sum, own) => sum + present(own[i]), 0),
    ),
  }))
}

function named({ from, to, counts }: Range, side: 'less' | 'more', withSame: boolean): ChangeBand {
  const here = withSame && from === 0
  return { label: `${sizeText(from, to)}${side}${here ? ', or the same' : ''}`, side, withSame: here, counts }
}

function sizeText(from: number, to: number | null): string {
  if (to === null) return from === 0 ? '' : `at least ${inPounds(String(from))} `
  return from === 0
    ? `up to ${inPounds(String(to))} `
    : `${inPounds(String(from))} to ${inPounds(String(to))} `
}
