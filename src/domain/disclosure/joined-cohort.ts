// A cohort with small groups, ages and bands joined before anything is counted. A hidden cell could be worked out from
// the sums beside it; a joined one cannot.

import { type Band, bandIndex, bandsOf, type CostBands } from '../calibration/cohort/bands.ts'
import type { Case } from '../calibration/cohort/case.ts'
import { byName } from '../number/figures.ts'
import { listed } from '../number/in-words.ts'
import { present } from '../present.ts'
import { joinedNeighbours, joinedSmallest } from './joined-groups.ts'
import { joinedLabel } from './joined-label.ts'
import { type Audience, mayShow, readersOf } from './may-show.ts'

/** A user group by its key in the cases. Groups that are not listed are shown by their keys, as not defined by age. */
export type NamedGroup = {
  readonly key: string
  readonly title: string
  readonly ageDefined: boolean
  /** The groups that this one joins, where they are too small to be shown apart. */
  readonly members?: readonly string[]
}

/** What a cohort is broken down by. */
export type Bands = { readonly costBands: CostBands; readonly pointsBands: readonly Band[] }

/** People with what they have now, in pence a year, and the names of the groups that they are in. */
export type Cohort = {
  readonly cases: readonly Case[]
  readonly existing: readonly number[]
  readonly userGroups: readonly NamedGroup[]
  readonly bands: Bands
}

/** The same cohort in the parts that an audience may see; whoever sees single people sees it as it is. */
export function joinedCohort({ existing, ...cohort }: Cohort, audience: Audience): Cohort {
  if (mayShow(1, audience)) return { existing, ...cohort }
  const [ofGroups, ofPoints] = [readersOf('groups', audience), readersOf('pointsBands', audience)]
  const aged = withJoinedAges(cohort.cases, readersOf('ageBands', audience))
  const { cases, userGroups } = joinedGroups(cohort.userGroups, aged, ofGroups)
  const points = cases.map((one) => one.points)
  const bands = {
    costBands: joinedCostBands(cohort.bands.costBands, userGroups, { cases, existing }, ofGroups),
    pointsBands: joinedBands(cohort.bands.pointsBands, points, ofPoints),
  }
  return { cases, existing, userGroups, bands }
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
  userGroups: readonly NamedGroup[],
  cases: readonly Case[],
  audience: Audience,
): { readonly cases: readonly Case[]; readonly userGroups: readonly NamedGroup[] } {
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

function groupOf(members: readonly string[], known: readonly NamedGroup[]): NamedGroup {
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
  groups: readonly NamedGroup[],
  { cases, existing }: Pick<Cohort, 'cases' | 'existing'>,
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
