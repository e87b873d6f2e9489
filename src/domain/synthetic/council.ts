// The synthetic council: people about nobody, whose needs, help and costs spread as those of a council's real cases do.
// One seed gives one council, to the byte. Its pounds are drawn with the language's own logarithms, since no figure
// that counts for anybody is made here.
import type { Answers } from '../../contract/allocation/assessment.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import { present } from '../present.ts'
import { planScoring } from '../questionnaire/scoring-plan.ts'
import { type Chances, chancesFrom } from './draws.ts'
import { GROUPS, type Group } from './groups.ts'
import { type Characteristics, type DrawnPerson, drawPerson, POWER, SPREAD } from './person.ts'

export type CouncilWishes = {
  readonly people: number
  readonly seed: number
  /** What everything costs, as a multiple of the groups' mean costs. */
  readonly price: number
  /** Whether some people have a fault, as files from real systems have. */
  readonly faults: boolean
}

export type SyntheticPerson = {
  /** From 1. */
  readonly number: number
  /** The number that the reference is made of: that of the person before where the reference is repeated. */
  readonly refNumber: number
  readonly answers: Answers
  /** Whole pounds a year. */
  readonly cost: number
  /** What a worker thought the cost would be, in whole pounds a year; null where nobody said. */
  readonly estimate: number | null
  readonly ageBand: string
  readonly setting: string
  readonly team: string
  readonly characteristics: Characteristics
}

/** What a calibration should find: ln cost = lnF + power × ln points, with a normal spread around it. */
export type CouncilTruth = {
  readonly power: number
  readonly spread: number
  /** Null for a group in which nobody has a usual cost. */
  readonly groups: readonly { readonly userGroup: string; readonly lnF: number | null }[]
}

export type SyntheticCouncil = { readonly people: readonly SyntheticPerson[]; readonly truth: CouncilTruth }

/** For a questionnaire that asks what the sample questionnaire asks (`isSampleQuestionnaire`). */
export function syntheticCouncil(questionnaire: Questionnaire, wishes: CouncilWishes): SyntheticCouncil {
  const chances = chancesFrom(wishes.seed)
  const plan = planScoring(questionnaire)
  const drawn = Array.from({ length: wishes.people }, () => ({
    ...drawPerson(chances, plan),
    faults: wishes.faults ? drawFaults(chances) : NO_FAULTS,
  }))
  const factors = new Map(GROUPS.map(([group]) => [group, { factor: factorOf(group, wishes.price, drawn) }]))
  const factorFor = (group: Group) => present(factors.get(group)).factor
  const people: SyntheticPerson[] = []
  for (const person of drawn) people.push(priced(person, factorFor(person.group), people))
  const groups = GROUPS.map(([group]) => {
    const factor = factorFor(group)
    return { userGroup: group.key, lnF: factor === null ? null : Math.log(factor) }
  })
  return { people, truth: { power: POWER, spread: SPREAD, groups } }
}

type Faults = { readonly lacksCarer: boolean; readonly repeatsRef: boolean }

const NO_FAULTS: Faults = { lacksCarer: false, repeatsRef: false }
const LACKS_CARER_OF_100 = 10
const REPEATS_REF_OF_100 = 1

function drawFaults(chances: Chances): Faults {
  return { lacksCarer: chances.happens(LACKS_CARER_OF_100), repeatsRef: chances.happens(REPEATS_REF_OF_100) }
}

// The factor with which the usual costs of a group have the mean they should; null where nobody has one.
function factorOf(group: Group, price: number, people: readonly DrawnPerson[]): number | null {
  const shares = people.flatMap(({ group: own, cost }) =>
    own === group && 'share' in cost ? cost.share : [],
  )
  if (shares.length === 0) return null
  return (price * group.cost * shares.length) / shares.reduce((sum, share) => sum + share, 0)
}

function priced(
  {
    answers,
    cost,
    estimate,
    faults,
    ageBand,
    setting,
    team,
    characteristics,
  }: DrawnPerson & { faults: Faults },
  factor: number | null,
  before: readonly SyntheticPerson[],
): SyntheticPerson {
  const number = before.length + 1
  const { refNumber: refBefore } = before.at(-1) ?? { refNumber: number }
  const pounds = 'pounds' in cost ? cost.pounds : rounded(cost.share * present(factor))
  const { carer, ...others } = answers
  return {
    number,
    refNumber: faults.repeatsRef ? refBefore : number,
    answers: faults.lacksCarer || carer === undefined ? others : { ...others, carer },
    cost: pounds,
    estimate: estimate === null ? null : rounded(pounds * Math.exp(estimate)),
    ageBand,
    setting,
    team,
    characteristics,
  }
}

function rounded(pounds: number): number {
  return Math.floor(pounds + 0.5)
}
