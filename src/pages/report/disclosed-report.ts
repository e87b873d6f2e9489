// What of a run a depth may show, as the one rule of disclosure has it (domain/disclosure/may-show.ts). Sections read
// only what is left here, never the results themselves.

import type { JoinedCharacteristic, JoinedTenth } from '../../contract/calibration/effects.ts'
import type { Impact, Scenario } from '../../contract/calibration/impact.ts'
import type { ReportDepth } from '../../contract/calibration/report.ts'
import { tenthTallies } from '../../domain/calibration/effects/tenths.ts'
import { disclosedCharacteristics } from '../../domain/disclosure/disclosed-characteristics.ts'
import {
  type DisclosedGroup,
  type DisclosedImpact,
  disclosedImpact,
  disclosedScenarios,
  type UnchangedWith,
  unchangedWith,
} from '../../domain/disclosure/disclosed-impact.ts'
import { disclosedTenths } from '../../domain/disclosure/disclosed-tenths.ts'
import type { NamedGroup } from '../../domain/disclosure/joined-cohort.ts'
import { type Audience, audienceOf, mayShow } from '../../domain/disclosure/may-show.ts'
import { present } from '../../domain/present.ts'
import type { CalibrationReportData, MethodOfReport } from './data.ts'
import { joinedReport } from './joined-report.ts'

/** What one list of amounts would change: the whole amounts of a method, or what people can plan with of them. */
export type DisclosedMethod = {
  readonly side: 'whole' | 'available'
  readonly method: MethodOfReport
  readonly impact: DisclosedImpact
  readonly scenarios: readonly Scenario[]
  readonly tenths: readonly JoinedTenth[]
  readonly characteristics: readonly JoinedCharacteristic[]
}

export type DisclosedReport = {
  readonly data: CalibrationReportData
  readonly depth: ReportDepth
  readonly audience: Audience
  /** Whether single people may be shown. */
  readonly persons: boolean
  /** Where all methods count those whose amount does not change. */
  readonly unchanged: UnchangedWith
  readonly methods: readonly DisclosedMethod[]
  /** Both sides of every method, what people can plan with first; the methods themselves where nothing is held. */
  readonly sides: readonly DisclosedMethod[]
  readonly proposed: DisclosedMethod | null
  readonly title: (userGroup: string) => string
  readonly group: (userGroup: string) => NamedGroup
}

export type ShownGroup = Extract<DisclosedGroup, { readonly suppressed: false }>

/** What a chart of both sides compares in its title: what people can plan with, and the whole where nothing is held. */
export function leadingTitles(sides: readonly DisclosedMethod[]): readonly string[] {
  const held = sides.filter(({ side }) => side === 'available')
  return (held.length === 0 ? sides : held).map(({ method }) => method.title)
}

/** A group's figures with a method; null where they are hidden. */
export function shownGroup(one: DisclosedMethod | undefined, key: string): ShownGroup | null {
  const found = one?.impact.groups?.find(({ userGroup }) => userGroup === key)
  return found === undefined || found.suppressed ? null : found
}

/** The run as far as the depth shows it; null where there are too few people to show anything to its readers. */
export function disclosedReport(results: CalibrationReportData, depth: ReportDepth): DisclosedReport | null {
  const audience = audienceOf(depth, results.published?.breakdowns)
  if (!mayShow(results.cohort.cases.length, audience)) return null
  const data = joinedReport(results, audience)
  const sources = data.methods.map(sidesOfMethod)
  const unchanged = unchangedWith(
    sources.flat().map(({ impact }) => impact),
    audience,
  )
  const disclosed = (source: SideOfMethod) => sideShown(source, data, audience, unchanged)
  const sides = sources.flatMap((own) => own.flatMap((source) => disclosed(source) ?? []))
  if (sides.length < sources.flat().length) return null
  const whole = sides.filter(({ side }) => side === 'whole')
  const methods = whole.map((one, i) => ({ ...one, method: present(data.methods[i]) }))
  const group = groupOf(data.userGroups)
  return {
    data,
    depth,
    audience,
    persons: mayShow(1, audience),
    unchanged,
    methods,
    sides,
    proposed: methods.find(({ method }) => method.key === data.proposed) ?? null,
    title: (userGroup) => group(userGroup).title,
    group,
  }
}

/** What people have now of what a side tells: the whole, or what they can plan with. */
export function existingOf(
  { existing, existingAvailable = existing }: CalibrationReportData['cohort'],
  side: DisclosedMethod['side'],
): readonly number[] {
  return side === 'whole' ? existing : existingAvailable
}

type SideOfMethod = Pick<DisclosedMethod, 'side' | 'method'> & {
  readonly amounts: readonly number[]
  readonly impact: Impact
  readonly scenarios: readonly Scenario[]
}

// A side is a method of its own for whoever counts people or money: with its own title, amounts and effects.
function sidesOfMethod(method: MethodOfReport): readonly SideOfMethod[] {
  const { title, amounts, amountsAvailable, impact, impactAvailable, scenarios, scenariosAvailable } = method
  const whole = { side: 'whole' as const, method, amounts, impact, scenarios }
  if (amountsAvailable === null || impactAvailable === null || scenariosAvailable === null) return [whole]
  const available = { amounts: amountsAvailable, impact: impactAvailable, scenarios: scenariosAvailable }
  return [
    {
      side: 'available',
      method: { ...method, title: `${title}, to plan with`, ...available },
      ...available,
    },
    { ...whole, method: { ...method, title: `${title}, in all` } },
  ]
}

function sideShown(
  { side, method, amounts, impact: own, scenarios }: SideOfMethod,
  { cohort }: CalibrationReportData,
  audience: Audience,
  unchanged: UnchangedWith,
): DisclosedMethod | null {
  const impact = disclosedImpact(own, audience, unchanged)
  if (impact === null) return null
  const outcomes = impact.all.higher === null ? null : unchanged
  const { cases, characteristics } = cohort
  const existing = existingOf(cohort, side)
  return {
    side,
    method,
    impact,
    scenarios: disclosedScenarios(scenarios, impact),
    tenths: disclosedTenths(tenthTallies(cases, amounts, existing), audience, outcomes),
    characteristics: disclosedCharacteristics(characteristics, cases, amounts, audience, existing),
  }
}

function groupOf(groups: readonly NamedGroup[]): (key: string) => NamedGroup {
  const known = new Map(groups.map((group) => [group.key, group]))
  return (key) => known.get(key) ?? { key, title: key, ageDefined: false }
}
