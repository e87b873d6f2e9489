// Whether a cohort looks like the population it stands for: each group's share against the share it should have.

import type { GroupGap, Representativeness } from '../../../contract/calibration/cohort-figures.ts'
import type { Decimal } from '../../number/decimal.ts'
import { chiSquareTail } from '../../number/distributions.ts'
import { byName, Diagnostic, fixed, people, percentage } from '../../number/figures.ts'
import { present } from '../../present.ts'
import { outOfRange } from './bands.ts'
import type { Case } from './case.ts'

const PERSON = 10_000
const ZERO = new Diagnostic(0)

/** The cohort's groups against the people of each group in the population. */
export function representativeness(
  cases: readonly Case[],
  mix: Readonly<Record<string, number>>,
): Representativeness {
  checkMix(mix)
  const groups = compared(countGroups(cases, mix), mix)
  const chiSquare = groups.reduce((total, { own, due }) => total.plus(distance(own, due)), ZERO)
  const degrees = groups.length - 1
  return {
    chiSquare: chiSquare.toFixed(4),
    degreesOfFreedom: degrees,
    pValue: degrees === 0 ? null : chiSquareTail(chiSquare, degrees).toFixed(6),
    expectedUnderFive: groups.filter(({ due }) => due.lessThan(5 * PERSON)).map(({ gap }) => gap.userGroup),
    groups: groups.map(({ gap }) => gap),
  }
}

/** A group's weight in the cohort, and the weight it would have there if the cohort were the population. */
type Compared = { readonly own: bigint; readonly due: Decimal; readonly gap: GroupGap }

function compared(
  counted: ReadonlyMap<string, bigint>,
  mix: Readonly<Record<string, number>>,
): readonly Compared[] {
  const names = Object.keys(mix).sort(byName)
  const weight = [...counted.values()].reduce((total, own) => total + own, 0n)
  const all = names.reduce((total, name) => total + BigInt(present(mix[name])), 0n)
  return names.map((userGroup) => {
    const own = counted.get(userGroup) ?? 0n
    const share = BigInt(present(mix[userGroup]))
    const gap = {
      userGroup,
      people: people(own),
      expected: fixed({ n: weight * share, d: all * BigInt(PERSON) }, 2),
      sharePercent: percentage(own, weight),
      expectedPercent: percentage(share, all),
      gap: percentage(own * all - share * weight, weight * all),
    }
    return { own, due: new Diagnostic(String(weight * share)).div(String(all)), gap }
  })
}

function distance(own: bigint, due: Decimal): Decimal {
  return due.isZero() ? ZERO : new Diagnostic(String(own)).minus(due).pow(2).div(due).div(PERSON)
}

/** Refuses a population with no groups, or with groups of nobody. */
export function checkMix(mix: Readonly<Record<string, number>>): void {
  const groups = Object.entries(mix)
  if (groups.length === 0)
    throw outOfRange('/mix', 'The population has no groups. Give the number of people in each group.')
  for (const [name, count] of groups)
    if (!Number.isSafeInteger(count) || count < 1)
      throw outOfRange(
        '/mix',
        `The population has ${count} people in the group "${name}". Give 1 or more, or leave the group out.`,
      )
}

function countGroups(cases: readonly Case[], mix: Readonly<Record<string, number>>): Map<string, bigint> {
  const counted = new Map<string, bigint>()
  for (const { userGroup, weight } of cases) {
    if (!Object.hasOwn(mix, userGroup))
      throw outOfRange(
        '/mix',
        `The cohort has the group "${userGroup}" and the population does not. Add it to the mix, or exclude it.`,
      )
    counted.set(userGroup, (counted.get(userGroup) ?? 0n) + BigInt(weight))
  }
  return counted
}
