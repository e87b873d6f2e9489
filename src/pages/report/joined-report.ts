// A run's data as the public may read them: groups, ages and bands with fewer than ten people are joined with others
// before anything is counted. A hidden cell could be worked out from the money and points printed around it; a joined
// one was never printed.
import { type Band, bandIndex, bandsOf, type CostBands } from '../../domain/calibration/cohort/bands.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import type { Breakdown } from '../../domain/disclosure/disclosed-impact.ts'
import { joinedNeighbours, joinedSmallest } from '../../domain/disclosure/joined-groups.ts'
import { FEWEST_SHOWN } from '../../domain/disclosure/may-show.ts'
import { byName } from '../../domain/number/figures.ts'
import { listed } from '../../domain/number/in-words.ts'
import { present } from '../../domain/present.ts'
import { joinedLabel } from './band-labels.ts'
import type { CalibrationReportData, GroupOfReport, MethodOfReport } from './data.ts'

/** The same run, counted again over the joined parts; what the council has published already is left as it is. */
export function publicData(data: CalibrationReportData): CalibrationReportData {
  const isOpen = (part: Breakdown) => data.published?.breakdowns.includes(part) === true
  const { cases: own, existing } = data.cohort
  const renamed = isOpen('ageBands') ? own : withJoinedAges(own)
  const { cases, userGroups } = isOpen('groups') ? { ...data, cases: renamed } : joinedGroups(data, renamed)
  const { costBands, pointsBands } = data.bands
  const bands = {
    costBands: isOpen('groups') ? costBands : joinedCostBands(costBands, userGroups, cases, existing),
    pointsBands: isOpen('pointsBands')
      ? pointsBands
      : joined(
          pointsBands,
          cases.map(({ points }) => points),
        ),
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
function withJoinedAges(cases: readonly Case[]): readonly Case[] {
  const parts = [...Map.groupBy(cases, ({ ageBand }) => ageBand)].sort(([a], [b]) => byName(a, b))
  const runs = joinedNeighbours(
    parts.map(([, own]) => own.length),
    FEWEST_SHOWN,
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
): { readonly cases: readonly Case[]; readonly userGroups: readonly GroupOfReport[] } {
  const parts = [...Map.groupBy(cases, ({ userGroup }) => userGroup)].sort(([a], [b]) => byName(a, b))
  const places = joinedSmallest(
    parts.map(([, own]) => own.length),
    FEWEST_SHOWN,
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
  cases: readonly Case[],
  existing: readonly number[],
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
    return [key, alike ? joined(bandsOf(bands, first), own) : [{ label: 'any cost', below: null }]] as const
  })
  return { all: bands.all, byGroup: Object.fromEntries(byGroup) }
}

function joined(bands: readonly Band[], values: readonly number[]): readonly Band[] {
  const counts = bands.map(() => 0)
  for (const value of values) {
    const place = bandIndex(bands, value)
    counts[place] = present(counts[place]) + 1
  }
  return joinedNeighbours(counts, FEWEST_SHOWN).map(({ first, last }) => {
    const own = bands.slice(first, last + 1)
    return { label: joinedLabel(own.map(({ label }) => label)), below: present(bands[last]).below }
  })
}
