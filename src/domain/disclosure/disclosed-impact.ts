// What of an impact anybody may see: no count under ten that could be told from the rest, and no money of so few. Rows
// are what is counted, since each is a person. A part that is hidden hides all that stands in it; callers join small
// parts first (joined-parts.ts), since money and points printed beside a hidden part say how many are in it.

import type {
  AgeBandEffect,
  BandEffect,
  Count,
  Effect,
  GroupEffect,
  Impact,
  PointsBandEffect,
} from '../calibration/effects/impact.ts'
import { decimal } from '../number/decimal.ts'
import { present } from '../present.ts'
import { FEWEST_SHOWN, hiddenLine, hiddenTable } from './may-show.ts'

/** Where those who get the same are counted: apart, or with those who get less, or with those who get more. */
export type SameIn = 'apart' | 'lower' | 'higher'

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

/** What a council may have published of its cohort already: groups with their bands of cost, bands of points, of age. */
export const BREAKDOWNS = ['groups', 'pointsBands', 'ageBands'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

/** `published` breakdowns are out already, and show small parts too. */
export type PublicOptions = {
  readonly threshold?: number
  readonly sameIn?: SameIn
  readonly published?: readonly Breakdown[]
}

/** A breakdown is null where even the sum of its parts would give a small one away. */
export type PublicImpact = {
  readonly threshold: number
  readonly sameIn: SameIn
  readonly all: Shown<Effect>
  readonly againstTarget: Impact['againstTarget']
  readonly groups: readonly PublicGroup[] | null
  readonly pointsBands: readonly PublicPointsBand[] | null
  readonly ageBands: readonly PublicAgeBand[] | null
}

/** Where to count those who get the same, so that every impact's outcomes can be shown; with the lower if nowhere. */
export function placeOfSame(impacts: readonly Impact[], threshold = FEWEST_SHOWN): SameIn {
  const isEnough = (count: number) => count === 0 || count >= threshold
  const places: readonly SameIn[] = ['apart', 'lower', 'higher']
  const fits = (place: SameIn) => impacts.every(({ all }) => outcomes(folded(all, place)).every(isEnough))
  return places.find(fits) ?? 'lower'
}

/** An impact with small counts hidden; null when there are too few people to publish anything of them. */
export function publicImpact(
  impact: Impact,
  { threshold = FEWEST_SHOWN, sameIn = 'apart', published = [] }: PublicOptions = {},
): PublicImpact | null {
  if (impact.all.rows < threshold) return null
  const hidden = hiddenLine(outcomes(folded(impact.all, sameIn)), threshold)
  // One hidden outcome of everybody hides the outcomes of every part: they would add up to it.
  const outcomesShown = hidden?.includes(true) === false
  const ruleFor = (part: Breakdown) => ({ outcomesShown, threshold, sameIn, open: published.includes(part) })
  return {
    threshold,
    sameIn,
    all: shownEffect(impact.all, { outcomesShown, threshold, sameIn }),
    againstTarget: impact.againstTarget,
    groups: parts(impact.groups, ruleFor('groups'), (group, effect) => ({
      userGroup: group.userGroup,
      ...effect,
      costBands: costBands(group, effect.suppressed, ruleFor('groups')),
    })),
    pointsBands: parts(impact.pointsBands, ruleFor('pointsBands'), ({ band }, effect) => ({
      band,
      ...effect,
    })),
    ageBands: parts(impact.ageBands, ruleFor('ageBands'), ({ ageBand }, effect) => ({ ageBand, ...effect })),
  }
}

type OutcomeRule = { readonly outcomesShown: boolean; readonly threshold: number; readonly sameIn: SameIn }
type Rule = OutcomeRule & { readonly open: boolean }

function parts<T extends Effect, P>(
  effects: readonly T[],
  rule: Rule,
  published: (effect: T, shown: Hidden | Shown<T>) => P,
): readonly P[] | null {
  const { outcomesShown, threshold, sameIn } = rule
  const hidden = hiddenParts(effects, rule)
  if (hidden === null) return null
  const table = hiddenTable(
    effects.map((effect) => outcomes(folded(effect, sameIn))),
    hidden,
    threshold,
  )
  return effects.map((effect, i) => {
    if (present(hidden[i])) return published(effect, { suppressed: true })
    const shown = outcomesShown && !present(table[i]).includes(true)
    return published(effect, shownEffect(effect, { ...rule, outcomesShown: shown }))
  })
}

// Who is in a group's cost band is few enough; their outcomes are never shown.
function costBands(group: GroupEffect, groupHidden: boolean, rule: Rule): readonly PublicBand[] {
  const hidden = groupHidden ? null : hiddenParts(group.costBands, rule)
  return group.costBands.map((effect, i) =>
    hidden === null || present(hidden[i])
      ? { band: effect.band, suppressed: true }
      : shownEffect(effect, { ...rule, outcomesShown: false }),
  )
}

function hiddenParts(effects: readonly Effect[], { open, threshold }: Rule): readonly boolean[] | null {
  const counts = effects.map(({ rows }) => rows)
  return open ? counts.map(() => false) : hiddenLine(counts, threshold)
}

const NO_MONEY = { gains: null, losses: null }
const NO_OUTCOMES = { higher: null, lower: null, same: null, ...NO_MONEY }

// Counted with others, a few who lose money are no longer told; what they lose would still be theirs.
function shownEffect<T extends Effect>(
  effect: T,
  { outcomesShown, threshold, sameIn }: OutcomeRule,
): Shown<T> {
  if (!outcomesShown) return { ...effect, ...NO_OUTCOMES, suppressed: false }
  const few = [effect.higher.rows, effect.lower.rows].some((rows) => rows > 0 && rows < threshold)
  return { ...folded(effect, sameIn), ...(few ? NO_MONEY : {}), suppressed: false }
}

function folded<T extends Effect>(effect: T, sameIn: SameIn): T {
  if (sameIn === 'apart') return effect
  const { rows, people } = effect[sameIn]
  const together = {
    rows: rows + effect.same.rows,
    people: decimal(people).plus(effect.same.people).toFixed(),
  }
  return { ...effect, [sameIn]: together, same: { rows: 0, people: '0' } }
}

function outcomes({ higher, lower, same }: Effect): readonly number[] {
  return [higher.rows, lower.rows, same.rows]
}
