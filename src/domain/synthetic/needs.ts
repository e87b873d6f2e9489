// What a synthetic person needs and who helps: answers to the sample questionnaire whose points spread as a group's do.
import type { Answers, CarerAnswer } from '../../contract/allocation/assessment.ts'
import { type Decimal, ZERO } from '../number/decimal.ts'
import { present } from '../present.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import type { Chances, Weighted } from './draws.ts'
import { GROUPS, type Group } from './groups.ts'
import type { Level } from './sample-questionnaire.ts'

type Options = Readonly<Record<string, string>>

export type Needs = { readonly group: Group; readonly answers: Answers }

const NO_NEEDS_OF_100 = 3
const CARER_OF_100 = 45

const TWO_PERSON: readonly Weighted<string>[] = [
  ['no', 60],
  ['sometimes', 25],
  ['always', 15],
]
const SUPPORT: readonly Weighted<string>[] = [
  ['none', 40],
  ['some', 20],
  ['half', 20],
  ['most', 12],
  ['all', 8],
]
const BREAKS: readonly Weighted<string>[] = [
  ['none', 40],
  ['low', 30],
  ['medium', 20],
  ['high', 10],
]

const STEPS: readonly (readonly [below: Level, level: Level])[] = [
  ['none', 'low'],
  ['low', 'medium'],
  ['medium', 'high'],
]

export function drawNeeds(chances: Chances, { domains }: ScoringPlan): Needs {
  const group = chances.pick(GROUPS)
  const hasNone = chances.happens(NO_NEEDS_OF_100)
  // Drawn for everybody, so that nobody's needs move anybody else's.
  const target = targetPoints(group, chances.normal())
  const options = answersUpTo(hasNone ? 0 : target, domains, chances)
  const heavy = domains.some(
    ({ domain }) => domain.weightingGroup !== undefined && options[domain.key] === 'high',
  )
  const twoPerson = heavy ? chances.pick(TWO_PERSON) : 'no'
  const { carer, breaks } = chances.happens(CARER_OF_100) ? drawCarer(chances, options) : NOBODY
  const answers: Answers = {
    userGroup: group.key,
    answers: options,
    weightings: { two_person: twoPerson },
    carer,
    addOns: { carer_sustainability: breaks },
  }
  return { group, answers }
}

function targetPoints({ points }: Group, normal: number): number {
  const drawn = Math.floor(Math.exp(Math.log(points) - 0.15 + 0.55 * normal) + 0.5)
  return Math.min(Math.max(drawn, 1), 100)
}

// Domain after domain goes up an option, round and round in an order of this person's own, while the target is not
// reached.
function answersUpTo(target: number, domains: ScoringPlan['domains'], chances: Chances): Options {
  const order = chances.order(domains.length)
  const reached = domains.map((): Level => 'none')
  let points = ZERO
  for (const [below, level] of STEPS)
    for (const place of order) {
      if (points.greaterThanOrEqualTo(target)) break
      const { options } = present(domains[place])
      points = points.plus(pointsOf(options, level)).minus(pointsOf(options, below))
      reached[place] = level
    }
  return Object.fromEntries(domains.map(({ domain }, place) => [domain.key, present(reached[place])]))
}

function pointsOf(options: ScoringPlan['domains'][number]['options'], level: Level): Decimal {
  return present(options.get(level)).value
}

const NOBODY = { carer: { willingAndAble: false }, breaks: 'none' } as const

function drawCarer(chances: Chances, options: Options): { carer: CarerAnswer; breaks: string } {
  const support = Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, option === 'none' ? 'none' : chances.pick(SUPPORT)]),
  )
  return { carer: { willingAndAble: true, support }, breaks: chances.pick(BREAKS) }
}
