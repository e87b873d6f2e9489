// A run's data with small groups, ages and bands joined before anything is counted. A hidden cell could be worked out
// from the sums beside it; a joined one cannot. The rule is domain/disclosure's; here the run is counted again.

import { type Band, bandIndex, bandsOf, type CostBands } from '../../domain/calibration/cohort/bands.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { joinedNeighbours, joinedSmallest } from '../../domain/disclosure/joined-groups.ts'
import { type Audience, mayShow, readersOf } from '../../domain/disclosure/may-show.ts'
import { byName } from '../../domain/number/figures.ts'
import { listed } from '../../domain/number/in-words.ts'
import { present } from '../../domain/present.ts'
import type { CalibrationReportData, GroupOfReport, MethodOfReport } from './data.ts'
import { joinedLabel } from './words/band-labels.ts'

/** The same run, counted again over the joined parts; whoever sees single people sees it as it is. */
export function joinedReport(data: CalibrationReportData, audience: Audience): CalibrationReportData {
  if (mayShow(1, audience)) return data
  const { existing } = data.cohort
  const [ofGroups, ofPoints] = [readersOf('groups', audience), readersOf('pointsBands', audience)]
  const aged = withJoinedAges(data.cohort.cases, readersOf('ageBands', audience))
  const { cases, userGroups } = joinedGroups(data, aged, ofGroups)
  const points = cases.map((one) => one.points)
  const bands = {
    costBands: joinedCostBands(data.bands.costBands, userGroups, { cases, existing }, ofGroups),
    pointsBands: joinedBands(data.bands.pointsBands, points, ofPoints),
  }
  return {
    ...data,
    userGroups,
    bands,
    cohort: { ...data.cohort, cases },
    methods: data.methods.map((method) => counted(method, cases, existing, bands)),
  }
}

function counted(
  method: MethodOfReport,
  cases: readonly Case[],
  existing: readonly number[],
  bands: CalibrationReportData['bands'],
): MethodOfReport {
  const { all, againstTarget } = method.impact
  const judged = method.tolerance && reasonableness(cases, method.amounts, method.tolerance, { existing })
  return {
    ...method,
    impact: { ...impact(cases, method.amounts, { ...bands, target: null, existing }), all, againstTarget },
    reasonableness: method.reasonableness && judged,
  }
}

// In the order of their names, as they are printed; those whose age is not known come last.
function withJoinedAges(cases: readonly Case[], audience: Audience): readonly Case[] {
  const parts = [...Map.groupBy(cases, ({ ageBand }) => ageBand)].sort(([a], [b]) => byName(a, b))
  const runs = joinedNeighbours(
    parts.map(([, own]) => own.length),
    audience,
  )
  const names = new Map<string | null, string>()
  for (const { first, last } of runs) {
    const ages = parts.slice(first, last + 1).map(([age]) => age)
    if (ages.length > 1)
      for (const age of ages) names.set(age, joinedLabel(ages.map((one) => one ?? UNKNOWN)))
  }
  return cases.map((one) => ({ ...one, ageBand: names.get(one.ageBand) ?? one.ageBand }))
}

const UNKNOWN = 'age not known'

function joinedGroups(
  { userGroups }: CalibrationReportData,
  cases: readonly Case[],
  audience: Audience,
): { readonly cases: readonly Case[]; readonly userGroups: readonly GroupOfReport[] } {
  const parts = [...Map.groupBy(cases, ({ userGroup }) => userGroup)].sort(([a], [b]) => byName(a, b))
  const places = joinedSmallest(
    parts.map(([, own]) => own.length),
    audience,
  )
  if (places.length === 0) return { cases, userGroups }
  const members = places.map((place) => present(parts[place])[0])
  const together = groupOf(members, userGroups)
  return {
    cases: cases.map((one) => (members.includes(one.userGroup) ? { ...one, userGroup: together.key } : one)),
    userGroups: [...userGroups, together],
  }
}

function groupOf(members: readonly string[], known: readonly GroupOfReport[]): GroupOfReport {
  const own = members.map(
    (key) => known.find((group) => group.key === key) ?? { key, title: key, ageDefined: false },
  )
  return {
    key: members.join(' + '),
    title: `${listed(own.map(({ title }) => title))} together`,
    ageDefined: own.some(({ ageDefined }) => ageDefined),
    members,
  }
}

/** Each group's bands joined by who is in them; a group that joins others with other bands has a single one. */
function joinedCostBands(
  bands: CostBands,
  groups: readonly GroupOfReport[],
  { cases, existing }: Pick<CalibrationReportData['cohort'], 'cases' | 'existing'>,
  audience: Audience,
): CostBands {
  const costs = new Map<string, number[]>()
  cases.forEach(({ userGroup }, i) => {
    const own = costs.get(userGroup) ?? []
    costs.set(userGroup, own)
    own.push(present(existing[i]))
  })
  const byGroup = [...costs].map(([key, own]) => {
    const [first = key, ...others] = groups.find((group) => group.key === key)?.members ?? [key]
    const text = JSON.stringify(bandsOf(bands, first))
    const alike = others.every((other) => JSON.stringify(bandsOf(bands, other)) === text)
    return [
      key,
      alike ? joinedBands(bandsOf(bands, first), own, audience) : [{ label: 'any cost', below: null }],
    ] as const
  })
  return { all: bands.all, byGroup: Object.fromEntries(byGroup) }
}

function joinedBands(bands: readonly Band[], values: readonly number[], audience: Audience): readonly Band[] {
  const counts = bands.map(() => 0)
  for (const value of values) {
    const place = bandIndex(bands, value)
    counts[place] = present(counts[place]) + 1
  }
  return joinedNeighbours(counts, audience).map(({ first, last }) => {
    const own = bands.slice(first, last + 1)
    return { label: joinedLabel(own.map(({ label }) => label)), below: present(bands[last]).below }
  })
}
