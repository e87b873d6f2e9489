// One synthetic person as drawn: needs, what decides the cost, and the particulars that figures are shown by.

import { wholeNumber } from '../number/whole-number.ts'
import { score } from '../questionnaire/scoring.ts'
import type { ScoringPlan } from '../questionnaire/scoring-plan.ts'
import { type Chances, evenly, type Weighted } from './draws.ts'
import { drawNeeds, type Needs } from './needs.ts'

export type Characteristics = {
  readonly sex: string
  readonly ethnicity: string
  readonly disability: string
  readonly area: string
}

export type DrawnPerson = Needs & {
  readonly cost: DrawnCost
  readonly ageBand: string
  readonly setting: string
  readonly team: string
  /** How the worker's own estimate differs, as a logarithm; null where there is none. */
  readonly estimate: number | null
  readonly characteristics: Characteristics
}

/** In pounds a year where it is unusual; else in proportion to what others of the group cost. */
export type DrawnCost = { readonly pounds: number } | { readonly share: number }

/** How the cost follows the points: share = exp(POWER × ln points + SPREAD × normal). */
export const POWER = 1.24
export const SPREAD = 0.45

const UNUSUAL_OF_100 = 2
const UNUSUAL_FROM = 104_001
const UNUSUAL_RANGE = 104_000
const WORDS = 4_294_967_296

const SETTINGS: readonly Weighted<string>[] = [
  ['own-home', 78],
  ['supported-living', 8],
  ['extra-care', 4],
  ['shared-lives', 2],
  ['residential', 6],
  ['nursing', 2],
]
const TEAMS = evenly(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8'])
const ESTIMATED_OF_100 = 50
const SEXES: readonly Weighted<string>[] = [
  ['female', 58],
  ['male', 42],
]
const ETHNICITIES: readonly Weighted<string>[] = [
  ['white', 84],
  ['asian', 8],
  ['black', 4],
  ['mixed', 2],
  ['other', 2],
]
const DISABILITIES: readonly Weighted<string>[] = [
  ['yes', 88],
  ['no', 12],
]
const AREAS: readonly Weighted<string>[] = [
  ['north', 30],
  ['east', 25],
  ['south', 25],
  ['west', 20],
]

/** The next person. Every member is drawn in the order in which it stands here: another order is another council. */
export function drawPerson(chances: Chances, plan: ScoringPlan): DrawnPerson {
  const needs = drawNeeds(chances, plan)
  const cost = drawCost(chances, plan, needs)
  const ageBand = chances.pick(needs.group.ageBands)
  const setting = chances.pick(SETTINGS)
  const team = chances.pick(TEAMS)
  const estimate = chances.happens(ESTIMATED_OF_100) ? 0.2 * chances.normal() : null
  const characteristics = {
    sex: chances.pick(SEXES),
    ethnicity: chances.pick(ETHNICITIES),
    disability: chances.pick(DISABILITIES),
    area: chances.pick(AREAS),
  }
  return { ...needs, cost, ageBand, setting, team, estimate, characteristics }
}

function drawCost(chances: Chances, plan: ScoringPlan, { answers }: Needs): DrawnCost {
  const { total } = score(plan, answers)
  const points = wholeNumber(BigInt(total.times(100).toFixed(0))) / 100
  const share = Math.exp(POWER * Math.log(Math.max(points, 1)) + SPREAD * chances.normal())
  if (!chances.happens(UNUSUAL_OF_100)) return { share }
  return { pounds: UNUSUAL_FROM + Math.floor((chances.word() * UNUSUAL_RANGE) / WORDS) }
}
