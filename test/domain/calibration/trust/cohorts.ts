// Cohorts for the tests of trust: the tiny one whose figures are known by hand, and random ones by seed.
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { seeded, words } from '../../../../src/domain/number/random.ts'

export function person(ref: string, points: number, cost: number, rest: Partial<Case> = {}): Case {
  return {
    ref,
    userGroup: 'older-people',
    points,
    cost,
    weight: 10_000,
    ageBand: null,
    setting: null,
    team: null,
    estimate: null,
    characteristics: null,
    answers: null,
    ...rest,
  }
}

/** Whole points and pounds, as written in a fixture. */
export function people(pairs: readonly (readonly [points: number, pounds: number])[]): readonly Case[] {
  return pairs.map(([points, pounds], i) => person(`P${i}`, points * 100, pounds * 100))
}

export const TINY = people([
  [5, 2000],
  [10, 3000],
  [10, 6000],
  [20, 9000],
  [30, 20000],
  [40, 26000],
])

/** Costs that rise with points and scatter; `step` hundredths between points, so that a large step makes ties. */
export function cohort(seed: number, size: number, { step = 50, weights = false } = {}): readonly Case[] {
  const { draws } = words(seeded(seed), size * 4)
  const unit = (i: number): number => (draws[i] ?? 0) / 2 ** 32
  return Array.from({ length: size }, (_, i) => {
    const points = Math.floor((unit(4 * i) ** 1.5 * 9900) / step) * step + 100
    const cost = Math.round(points * (200 + unit(4 * i + 1) * 800))
    const weight = weights ? 1 + Math.floor(unit(4 * i + 2) * 30_000) : 10_000
    const userGroup = unit(4 * i + 3) < 0.6 ? 'older-people' : 'learning-disability'
    return person(`R${i}`, points, cost, { weight, userGroup })
  })
}

/** Each case as often as its weight says in whole persons, at the weight of one. */
export function repeated(cases: readonly Case[]): readonly Case[] {
  return cases.flatMap((row) =>
    Array.from({ length: row.weight / 10_000 }, (_, i) => ({
      ...row,
      ref: `${row.ref}-${i}`,
      weight: 10_000,
    })),
  )
}

/** What is asked of a cohort where a test says nothing else: Fixed, towards what it costs now. */
export function fixedInput(cases: readonly Case[]) {
  return {
    cases,
    request: { method: 'fixed' },
    scaleMaximum: 12_000,
    target: currentSpend(cases),
    targetFollows: 'spend',
    neutral: true,
    surplus: 'drop',
    seed: 2012,
  } as const
}
