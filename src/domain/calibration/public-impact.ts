// What of an impact anybody may see: no count under ten that could be told from the rest, and no money of so few. Rows
// are what is counted, since each is a person. A part that is hidden hides all that stands in it.
import { checked } from '../errors.ts'
import type {
  AgeBandEffect,
  BandEffect,
  Count,
  Effect,
  GroupEffect,
  Impact,
  PointsBandEffect,
} from './impact.ts'
import { FEWEST_SHOWN, hiddenLine, hiddenTable } from './suppression.ts'

/** An effect whose three counts and two sums are null where one of the counts has to be hidden. */
export type Shown<T extends Effect> = Omit<
  T,
  'higher' | 'lower' | 'same' | 'gains' | 'losses' | 'costBands'
> & {
  readonly suppressed: false
  readonly higher: Count | null
  readonly lower: Count | null
  readonly same: Count | null
  readonly gains: string | null
  readonly losses: string | null
}

/** Too few people, or needed to keep the few hidden. */
type Hidden = { readonly suppressed: true }

export type PublicBand = { readonly band: string } & (Hidden | Shown<BandEffect>)
export type PublicPointsBand = { readonly band: string } & (Hidden | Shown<PointsBandEffect>)
export type PublicAgeBand = { readonly ageBand: string | null } & (Hidden | Shown<AgeBandEffect>)
export type PublicGroup = { readonly userGroup: string; readonly costBands: readonly PublicBand[] } & (
  | Hidden
  | Shown<GroupEffect>
)

/** A breakdown is null where even the sum of its parts would give a small one away. */
export type PublicImpact = {
  readonly threshold: number
  readonly all: Shown<Effect>
  readonly againstTarget: Impact['againstTarget']
  readonly groups: readonly PublicGroup[] | null
  readonly pointsBands: readonly PublicPointsBand[] | null
  readonly ageBands: readonly PublicAgeBand[] | null
}

/** An impact with small counts hidden; null when there are too few people to publish anything of them. */
export function publicImpact(impact: Impact, threshold = FEWEST_SHOWN): PublicImpact | null {
  if (impact.all.rows < threshold) return null
  const hidden = hiddenLine(outcomes(impact.all), threshold)
  // One hidden outcome of everybody hides the outcomes of every part: they would add up to it.
  const shown = hidden?.includes(true) === false
  return {
    threshold,
    all: shownEffect(impact.all, shown),
    againstTarget: impact.againstTarget,
    groups: parts(impact.groups, shown, threshold, (group, effect) => ({
      userGroup: group.userGroup,
      ...effect,
      costBands: costBands(group, effect.suppressed, threshold),
    })),
    pointsBands: parts(impact.pointsBands, shown, threshold, ({ band }, effect) => ({ band, ...effect })),
    ageBands: parts(impact.ageBands, shown, threshold, ({ ageBand }, effect) => ({ ageBand, ...effect })),
  }
}

function parts<T extends Effect, P>(
  effects: readonly T[],
  outcomesShown: boolean,
  threshold: number,
  published: (effect: T, shown: Hidden | Shown<T>) => P,
): readonly P[] | null {
  const hidden = hiddenLine(
    effects.map(({ rows }) => rows),
    threshold,
  )
  if (hidden === null) return null
  const table = hiddenTable(effects.map(outcomes), hidden, threshold)
  return effects.map((effect, i) => {
    if (checked(hidden[i])) return published(effect, { suppressed: true })
    return published(effect, shownEffect(effect, outcomesShown && !checked(table[i]).includes(true)))
  })
}

// Who is in a group's cost band is few enough; their outcomes are never shown.
function costBands(group: GroupEffect, groupHidden: boolean, threshold: number): readonly PublicBand[] {
  const counts = group.costBands.map(({ rows }) => rows)
  const hidden = groupHidden ? null : hiddenLine(counts, threshold)
  return group.costBands.map((effect, i) =>
    hidden === null || checked(hidden[i])
      ? { band: effect.band, suppressed: true }
      : shownEffect(effect, false),
  )
}

function shownEffect<T extends Effect>(effect: T, outcomesShown: boolean): Shown<T> {
  const hidden = { higher: null, lower: null, same: null, gains: null, losses: null }
  return { ...effect, ...(outcomesShown ? {} : hidden), suppressed: false }
}

function outcomes({ higher, lower, same }: Effect): readonly number[] {
  return [higher.rows, lower.rows, same.rows]
}
