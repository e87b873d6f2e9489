// Which option each question was answered by, as places in lists. Answers that are not exactly what is asked have no
// reading: whoever refuses them says why.

import type { Answers, CarerAnswer } from '../../contract/allocation/assessment.ts'
import { present } from '../present.ts'
import type { Options, ScoringPlan } from '../questionnaire/scoring-plan.ts'

/** `domains`: the place of each domain's line among all that it can have. `addOns`: of each add-on's option. */
export type Reading = { readonly domains: readonly number[]; readonly addOns: readonly number[] }

export type AnswerReader = {
  /** How many lines each domain can have: its options, by the factors of its weightings, by its support. */
  readonly lines: readonly number[]
  read(answers: Answers): Reading | null
}

type Question = { readonly key: string; readonly options: ReadonlyMap<string, number> }

/** Weightings that apply together, and how many choices they have between them. */
type Group = { readonly weightings: readonly Question[]; readonly size: number }

/** Support that is not stated; each option of support has two places after it, as it stands and as it counts. */
const UNSTATED = 0
/** An answer that is not one of the options. */
const UNFIT = -1

export function answerReader(plan: ScoringPlan): AnswerReader {
  const groups = groupsOf(plan)
  const support = placesOf(plan.support)
  const supports = 1 + 2 * support.size
  const domains = plan.domains.map(({ domain: { key, weightingGroup }, options }) => {
    const group = groups.findIndex(({ appliesTo }) => appliesTo === weightingGroup)
    return { key, options: placesOf(options), group, size: groups[group]?.size ?? 1 }
  })
  const addOns = plan.asked.addOns.map(question)
  const weightings = plan.weightings.length
  const readCarer = carerReader(plan, support)

  // Run for every person there is: plain loops, and nothing made but the places themselves.
  function read({ userGroup, answers, weightings: given, carer, addOns: added }: Answers): Reading | null {
    if (!plan.userGroups.has(userGroup)) return null
    if (!isCount(answers, domains.length) || !isCount(given, weightings) || !isCount(added, addOns.length))
      return null
    const supported = readCarer(carer)
    if (supported === null) return null
    const factors: number[] = []
    for (const group of groups) {
      const place = combination(group, given)
      if (place < 0) return null
      factors.push(place)
    }
    const ofDomains: number[] = []
    for (const { key, options, group, size } of domains) {
      const option = options.get(answers[key] as string)
      if (option === undefined) return null
      const line = option * size + (factors[group] ?? 0)
      ofDomains.push(line * supports + present(supported[ofDomains.length]))
    }
    const ofAddOns: number[] = []
    for (const { key, options } of addOns) {
      const option = options.get(added[key] as string)
      if (option === undefined) return null
      ofAddOns.push(option)
    }
    return { domains: ofDomains, addOns: ofAddOns }
  }

  return { lines: domains.map(({ options, size }) => options.size * size * supports), read }
}

function question([key, options]: readonly [string, Options]): Question {
  return { key, options: placesOf(options) }
}

function placesOf(options: Options): ReadonlyMap<string, number> {
  return new Map([...options.keys()].map((key, place) => [key, place]))
}

function groupsOf({ weightings }: ScoringPlan): readonly (Group & { readonly appliesTo: string })[] {
  return [...new Set(weightings.map(({ appliesTo }) => appliesTo))].map((appliesTo) => {
    const own = weightings.filter((weighting) => weighting.appliesTo === appliesTo)
    return {
      appliesTo,
      weightings: own.map(({ key, options }) => question([key, options])),
      size: own.reduce((product, { options }) => product * options.size, 1),
    }
  })
}

/** Which of the group's choices the answers make, or `UNFIT`. */
function combination({ weightings }: Group, given: Answers['weightings']): number {
  let place = 0
  for (const { key, options } of weightings) {
    const option = options.get(given[key] as string)
    if (option === undefined) return UNFIT
    place = place * options.size + option
  }
  return place
}

// One property more than was asked is a question that nobody asked.
function isCount(given: Readonly<Record<string, string>>, count: number): boolean {
  let left = count
  for (const _ in given) left -= 1
  return left === 0
}

/** Reads what a carer gives as the place of each domain's support; null where that is not stated as asked. */
function carerReader(
  { supportScope, domains }: ScoringPlan,
  support: ReadonlyMap<string, number>,
): (carer: CarerAnswer | undefined) => readonly number[] | null {
  const everywhere = (place: number) =>
    domains.map(({ domain }) => (domain.carerAdjustable ? place : UNSTATED))
  const overall = Array.from({ length: 1 + 2 * support.size }, (_, place) => everywhere(place))
  const nothing = everywhere(UNSTATED)

  function placeOf(option: string | undefined, willingAndAble: boolean): number {
    if (option === undefined) return willingAndAble ? UNFIT : UNSTATED
    const place = support.get(option)
    return place === undefined ? UNFIT : 1 + 2 * place + (willingAndAble ? 1 : 0)
  }

  function perDomain(stated: Readonly<Record<string, string>>, willingAndAble: boolean) {
    const places: number[] = []
    let met = 0
    for (const { domain } of domains) {
      const place = domain.carerAdjustable ? placeOf(stated[domain.key], willingAndAble) : UNSTATED
      if (place < 0) return null
      if (place !== UNSTATED) met += 1
      places.push(place)
    }
    return isCount(stated, met) ? places : null
  }

  return (carer) => {
    if (supportScope === null) return carer === undefined ? nothing : null
    if (carer === undefined) return null
    const { willingAndAble } = carer
    if (supportScope === 'overall')
      return carer.support === undefined ? (overall[placeOf(carer.overall, willingAndAble)] ?? null) : null
    return carer.overall === undefined ? perDomain(carer.support ?? {}, willingAndAble) : null
  }
}
