// The user groups of the sample questionnaire in its order: how many of 100 people are in each, about how many points
// they have and what their support costs a year. The means are those of the council of 2012 that the examples follow.
import type { Weighted } from './draws.ts'

export type Group = {
  readonly key: string
  /** What points spread around. */
  readonly points: number
  /** Pounds a year on average at a price of 1, people of unusual cost apart. */
  readonly cost: number
  readonly ageBands: readonly Weighted<string>[]
}

const OLDER: Group['ageBands'] = [
  ['65-74', 25],
  ['75-84', 40],
  ['85+', 35],
]
const YOUNGER: Group['ageBands'] = [
  ['18-24', 15],
  ['25-44', 45],
  ['45-64', 40],
]

export const GROUPS: readonly Weighted<Group>[] = [
  [{ key: 'older-people', points: 19.4, cost: 9_998, ageBands: OLDER }, 50],
  [{ key: 'physical-disability', points: 25.8, cost: 15_088, ageBands: YOUNGER }, 14],
  [{ key: 'learning-disability', points: 39.4, cost: 26_030, ageBands: YOUNGER }, 16],
  [{ key: 'mental-health-under-65', points: 26.4, cost: 13_266, ageBands: YOUNGER }, 11],
  [{ key: 'mental-health-65-plus', points: 35.7, cost: 14_239, ageBands: OLDER }, 9],
]
