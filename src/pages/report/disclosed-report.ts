// What of a run a depth may show. Everything but the modeller's report goes through the public suppression; sections
// read only what is left here, never the results themselves.
import type { Effect, Impact } from '../../domain/calibration/effects/impact.ts'
import type { Scenario } from '../../domain/calibration/effects/scenarios.ts'
import {
  type PublicGroup,
  type PublicImpact,
  placeOfSame,
  publicImpact,
  type SameIn,
} from '../../domain/disclosure/disclosed-impact.ts'
import { FEWEST_SHOWN } from '../../domain/disclosure/may-show.ts'
import type { CalibrationReportData, GroupOfReport, MethodOfReport, ReportDepth } from './data.ts'
import { publicData } from './joined-report.ts'

export type VisibleMethod = {
  readonly method: MethodOfReport
  readonly impact: PublicImpact
  /** Without those that would give the gains or losses of very few away. */
  readonly scenarios: readonly Scenario[]
}

export type Visible = {
  readonly data: CalibrationReportData
  readonly depth: ReportDepth
  readonly rows: boolean
  /** Where all methods count those who get the same. */
  readonly sameIn: SameIn
  readonly methods: readonly VisibleMethod[]
  readonly proposed: VisibleMethod | null
  readonly title: (userGroup: string) => string
  readonly group: (userGroup: string) => GroupOfReport
}

/** The run as far as the depth shows it; null where there are too few people to show anything to the public. */
export function visible(results: CalibrationReportData, depth: ReportDepth): Visible | null {
  const rows = depth === 'persons'
  if (!rows && results.cohort.cases.length < FEWEST_SHOWN) return null
  const data = rows ? results : publicData(results)
  const sameIn = rows ? 'apart' : placeOfSame(data.methods.map(({ impact }) => impact))
  const published = data.published?.breakdowns ?? []
  const methods = data.methods.flatMap((method) => {
    const impact = rows ? openImpact(method.impact) : publicImpact(method.impact, { sameIn, published })
    return impact === null ? [] : [{ method, impact, scenarios: shownScenarios(method, impact) }]
  })
  if (methods.length < data.methods.length) return null
  const group = groupOf(data.userGroups)
  return {
    data,
    depth,
    rows,
    sameIn,
    methods,
    proposed: methods.find(({ method }) => method.key === data.proposed) ?? null,
    title: (userGroup) => group(userGroup).title,
    group,
  }
}

/** Whether a count may be shown at a public depth: nobody, or ten and more. */
export function isShown(count: number): boolean {
  return count === 0 || count >= FEWEST_SHOWN
}

function openImpact({ all, againstTarget, groups, pointsBands, ageBands }: Impact): PublicImpact {
  return {
    threshold: 0,
    sameIn: 'apart',
    all: open(all),
    againstTarget,
    groups: groups.map((group): PublicGroup => ({ ...open(group), costBands: group.costBands.map(open) })),
    pointsBands: pointsBands.map(open),
    ageBands: ageBands.map(open),
  }
}

function open<T extends Effect>(effect: T): T & { readonly suppressed: false } {
  return { ...effect, suppressed: false }
}

// With gains or losses of a few people hidden, so is every cost that is only their sum away from another.
function shownScenarios({ scenarios }: MethodOfReport, { all }: PublicImpact): readonly Scenario[] {
  return all.gains === null ? scenarios.filter(({ gains, losses }) => gains === losses) : scenarios
}

function groupOf(groups: readonly GroupOfReport[]): (key: string) => GroupOfReport {
  const known = new Map(groups.map((group) => [group.key, group]))
  return (key) => known.get(key) ?? { key, title: key, ageDefined: false }
}
