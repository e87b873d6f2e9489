// What of a run a depth may show, as the one rule of disclosure has it (domain/disclosure/may-show.ts). Sections read
// only what is left here, never the results themselves.

import type { Scenario } from '../../contract/calibration/impact.ts'
import type { ReportDepth } from '../../contract/calibration/report.ts'
import {
  type DisclosedGroup,
  type DisclosedImpact,
  disclosedImpact,
  disclosedScenarios,
  type UnchangedWith,
  unchangedWith,
} from '../../domain/disclosure/disclosed-impact.ts'
import type { NamedGroup } from '../../domain/disclosure/joined-cohort.ts'
import { type Audience, audienceOf, mayShow } from '../../domain/disclosure/may-show.ts'
import type { CalibrationReportData, MethodOfReport } from './data.ts'
import { joinedReport } from './joined-report.ts'

export type DisclosedMethod = {
  readonly method: MethodOfReport
  readonly impact: DisclosedImpact
  readonly scenarios: readonly Scenario[]
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
  readonly proposed: DisclosedMethod | null
  readonly title: (userGroup: string) => string
  readonly group: (userGroup: string) => NamedGroup
}

export type ShownGroup = Extract<DisclosedGroup, { readonly suppressed: false }>

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
  const unchanged = unchangedWith(
    data.methods.map(({ impact }) => impact),
    audience,
  )
  const methods = data.methods.flatMap((method) => {
    const impact = disclosedImpact(method.impact, audience, unchanged)
    return impact === null
      ? []
      : [{ method, impact, scenarios: disclosedScenarios(method.scenarios, impact) }]
  })
  if (methods.length < data.methods.length) return null
  const group = groupOf(data.userGroups)
  return {
    data,
    depth,
    audience,
    persons: mayShow(1, audience),
    unchanged,
    methods,
    proposed: methods.find(({ method }) => method.key === data.proposed) ?? null,
    title: (userGroup) => group(userGroup).title,
    group,
  }
}

function groupOf(groups: readonly NamedGroup[]): (key: string) => NamedGroup {
  const known = new Map(groups.map((group) => [group.key, group]))
  return (key) => known.get(key) ?? { key, title: key, ageDefined: false }
}
