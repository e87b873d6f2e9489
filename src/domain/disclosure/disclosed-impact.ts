// What of an impact an audience may see: no count that it may not be shown and could tell from the rest, and no money of
// so few. A part that is hidden hides all that stands in it; callers join small parts first (joined-groups.ts), since
// money and points printed beside a hidden part say how many are in it.

import type { Count } from '../../contract/calibration/figures.ts'
import type {
  AgeBandEffect,
  BandEffect,
  Effect,
  GroupEffect,
  Impact,
  PointsBandEffect,
  Scenario,
} from '../../contract/calibration/impact.ts'
import type { Breakdown } from '../../contract/limits.ts'
import { decimal } from '../number/decimal.ts'
import { present } from '../present.ts'
import { hiddenLine, hiddenTable } from './hidden-counts.ts'
import { type Audience, mayShow, readersOf } from './may-show.ts'

/** Where those whose amount does not change are counted: apart, with those who get less, or with those who get more. */
export type UnchangedWith = 'apart' | 'lower' | 'higher'

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

export type DisclosedBand = { readonly band: string } & (Hidden | Shown<BandEffect>)
export type DisclosedPointsBand = { readonly band: string } & (Hidden | Shown<PointsBandEffect>)
export type DisclosedAgeBand = { readonly ageBand: string | null } & (Hidden | Shown<AgeBandEffect>)
export type DisclosedGroup = { readonly userGroup: string; readonly costBands: readonly DisclosedBand[] } & (
  | Hidden
  | Shown<GroupEffect>
)

/** A breakdown is null where even the sum of its parts would give a small one away. */
export type DisclosedImpact = {
  readonly unchangedWith: UnchangedWith
  readonly all: Shown<Effect>
  readonly againstTarget: Impact['againstTarget']
  readonly groups: readonly DisclosedGroup[] | null
  readonly pointsBands: readonly DisclosedPointsBand[] | null
  readonly ageBands: readonly DisclosedAgeBand[] | null
}

/** Where to count the unchanged, so that every impact's outcomes can be shown; with those who get less if nowhere. */
export function unchangedWith(impacts: readonly Impact[], audience: Audience): UnchangedWith {
  const places: readonly UnchangedWith[] = ['apart', 'lower', 'higher']
  const fits = (place: UnchangedWith) =>
    impacts.every(({ all }) => outcomes(folded(all, place)).every((count) => mayShow(count, audience)))
  return places.find(fits) ?? 'lower'
}

/** An impact with small counts hidden; null when there are too few people to show anything of them. */
export function disclosedImpact(
  impact: Impact,
  audience: Audience,
  unchanged: UnchangedWith = 'apart',
): DisclosedImpact | null {
  if (impact.all.rows < audience.fewest) return null
  const hidden = hiddenLine(outcomes(folded(impact.all, unchanged)), audience)
  // One hidden outcome of everybody hides the outcomes of every part: they would add up to it.
  const outcomesShown = hidden?.includes(true) === false
  const rule = { outcomesShown, audience, unchanged }
  const ruleFor = (part: Breakdown) => ({ ...rule, counted: readersOf(part, audience) })
  return {
    unchangedWith: unchanged,
    all: shownEffect(impact.all, rule),
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

/** The scenarios that may be shown: with gains or losses of a few hidden, so is every cost that is only they away. */
export function disclosedScenarios(
  scenarios: readonly Scenario[],
  { all }: DisclosedImpact,
): readonly Scenario[] {
  return all.gains === null ? scenarios.filter(({ gains, losses }) => gains === losses) : scenarios
}

type OutcomeRule = {
  readonly outcomesShown: boolean
  readonly audience: Audience
  readonly unchanged: UnchangedWith
}
/** `counted`: who may see how many are in each part. */
type Rule = OutcomeRule & { readonly counted: Audience }

function parts<T extends Effect, P>(
  effects: readonly T[],
  rule: Rule,
  published: (effect: T, shown: Hidden | Shown<T>) => P,
): readonly P[] | null {
  const { outcomesShown, audience, unchanged } = rule
  const hidden = hiddenParts(effects, rule)
  if (hidden === null) return null
  const table = hiddenTable(
    effects.map((effect) => outcomes(folded(effect, unchanged))),
    hidden,
    audience,
  )
  const money = unchanged === 'apart' ? effects.map(() => false) : hiddenMoney(effects, audience)
  return effects.map((effect, i) => {
    if (present(hidden[i])) return published(effect, { suppressed: true })
    const shown = shownEffect(effect, {
      ...rule,
      outcomesShown: outcomesShown && !present(table[i]).includes(true),
    })
    return published(effect, present(money[i]) ? { ...shown, ...NO_MONEY } : shown)
  })
}

// Counted with the unchanged, a few who gain or lose are not told, but the sum of all less the other parts' is theirs.
function hiddenMoney(effects: readonly Effect[], audience: Audience): readonly boolean[] {
  const sides = [effects.map(({ higher }) => higher.rows), effects.map(({ lower }) => lower.rows)]
  const hidden = sides.map((counts) => hiddenLine(counts, audience))
  return effects.map((_, i) => hidden.some((side) => side === null || present(side[i])))
}

// Those in a cost band of a group are few enough: only the modeller sees their outcomes.
function costBands(group: GroupEffect, groupHidden: boolean, rule: Rule): readonly DisclosedBand[] {
  const hidden = groupHidden ? null : hiddenParts(group.costBands, rule)
  return group.costBands.map((effect, i) =>
    hidden === null || present(hidden[i])
      ? { band: effect.band, suppressed: true }
      : shownEffect(effect, { ...rule, outcomesShown: mayShow(1, rule.audience) }),
  )
}

function hiddenParts(effects: readonly Effect[], { counted }: Rule): readonly boolean[] | null {
  return hiddenLine(
    effects.map(({ rows }) => rows),
    counted,
  )
}

const NO_MONEY = { gains: null, losses: null }
const NO_OUTCOMES = { higher: null, lower: null, same: null, ...NO_MONEY }

// Counted with others, a few who lose money are no longer told; what they lose would still be theirs.
function shownEffect<T extends Effect>(
  effect: T,
  { outcomesShown, audience, unchanged }: OutcomeRule,
): Shown<T> {
  if (!outcomesShown) return { ...effect, ...NO_OUTCOMES, suppressed: false }
  const few = [effect.higher.rows, effect.lower.rows].some((rows) => !mayShow(rows, audience))
  return { ...folded(effect, unchanged), ...(few ? NO_MONEY : {}), suppressed: false }
}

function folded<T extends Effect>(effect: T, unchanged: UnchangedWith): T {
  if (unchanged === 'apart') return effect
  const { rows, people } = effect[unchanged]
  const together = {
    rows: rows + effect.same.rows,
    people: decimal(people).plus(effect.same.people).toFixed(),
  }
  return { ...effect, [unchanged]: together, same: { rows: 0, people: '0' } }
}

function outcomes({ higher, lower, same }: Effect): readonly number[] {
  return [higher.rows, lower.rows, same.rows]
}
