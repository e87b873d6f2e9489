// One person of a cohort as the methods see them. Points are whole hundredths, money whole pence a year, weights whole
// ten-thousandths, so that sums are exact.

import type { Answers } from '../../../contract/allocation/assessment.ts'

export type Case = {
  readonly ref: string
  readonly userGroup: string
  /** Hundredths of a point, ≥ 0. */
  readonly points: number
  /** Current gross cost in pence a year, ≥ 0. */
  readonly cost: number
  /** Ten-thousandths, > 0: 10000 is one person. */
  readonly weight: number
  readonly ageBand: string | null
  readonly setting: string | null
  readonly team: string | null
  /** The worker's own estimate in pence a year. */
  readonly estimate: number | null
  /** What is held of the person by characteristic, in codes: shown in the effects, and never part of the money. */
  readonly characteristics: Characteristics | null
  /** The answers the points were scored from, when they are known. */
  readonly answers: Answers | null
}

/** The value of each characteristic that is known, by its key: `{ sex: 'female' }`. */
export type Characteristics = Readonly<Record<string, string>>

/** A person where what was answered does not matter. */
export type Unanswered = Omit<Case, 'answers'>

/** The weight of one person. */
export const ONE_PERSON = 10_000
