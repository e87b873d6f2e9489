// Which rows of a cohort a calibration leaves out, by rules declared beforehand. Nothing goes silently: every row left
// out has every reason that applies to it, and the totals of both parts are kept.

import type { Exclusions, PartTotals } from '../../../contract/calibration/cohort-figures.ts'
import type { Warning } from '../../../contract/calibration/figures.ts'
import type { Exclusion } from '../../../contract/calibration/run-request.ts'
import { decimal } from '../../number/decimal.ts'
import { hundredthsText } from '../../number/decimal-fraction.ts'
import { people, pounds } from '../../number/figures.ts'
import { inPoundsAndPence, plain } from '../../number/in-words.ts'
import { outOfRange } from './bands.ts'
import type { Case } from './case.ts'

type OffScale = { readonly rule: 'points-off-scale'; readonly scaleMaximum: number }

/** A row left out, with the rules that apply to it (by their places in the list) and why. */
export type ExcludedCase = {
  readonly ref: string
  readonly rules: readonly number[]
  readonly reason: string
}

/** The cohort in two, with both totals and what each rule takes out. */
export type SplitCohort = Exclusions & {
  readonly included: readonly Case[]
  readonly excluded: readonly ExcludedCase[]
}

type Check = { readonly applies: (person: Case) => boolean; readonly reason: (person: Case) => string }

/**
 * The cases that stay and those that the rules leave out, in the order given. People above the scale, whom another
 * questionnaire put there, are left out by a rule of their own after the stated ones.
 */
export function excludeCases(
  cases: readonly Case[],
  stated: readonly Exclusion[],
  scaleMaximum = Number.POSITIVE_INFINITY,
): SplitCohort {
  const offScale = cases.some(({ points }) => points > scaleMaximum)
  const rules: readonly (Exclusion | OffScale)[] = [
    ...stated,
    ...(offScale ? [{ rule: 'points-off-scale', scaleMaximum } as const] : []),
  ]
  const checks = rules.map((rule, i) => checkOf(rule, `/exclusions/${i}`))
  const isOut = (person: Case) => checks.some(({ applies }) => applies(person))
  const included = cases.filter((person) => !isOut(person))
  const out = cases.filter(isOut).map((person) => ({
    person,
    rules: checks.flatMap(({ applies }, i) => (applies(person) ? i : [])),
  }))
  return {
    included,
    excluded: out.map((row) => ({
      ref: row.person.ref,
      rules: row.rules,
      reason: checks.flatMap(({ reason }, i) => (row.rules.includes(i) ? reason(row.person) : [])).join('; '),
    })),
    totals: {
      all: totals(cases),
      included: totals(included),
      excluded: totals(out.map(({ person }) => person)),
    },
    byRule: rules.map(({ rule }, i) => ({
      rule,
      ...totals(out.filter((row) => row.rules.includes(i)).map(({ person }) => person)),
    })),
    warnings: stated.flatMap((rule, i) => namesNobodyHas(cases, rule, i)),
  }
}

/** Refuses a rule that no cohort could be judged by. */
export function checkExclusion(rule: Exclusion, pointer: string): void {
  checkOf(rule, pointer)
}

function namesNobodyHas(cases: readonly Case[], rule: Exclusion, i: number): readonly Warning[] {
  if (rule.rule === 'weekly-cost-above') return []
  const groups = rule.rule === 'user-group'
  const known = new Set(cases.map((person) => (groups ? person.userGroup : settingOf(person))))
  return (groups ? rule.userGroups : rule.settings)
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'excluded-nobody',
      detail: `Rule ${i + 1} leaves out the ${groups ? 'user group' : 'setting'} "${name}", which nobody in the cohort has. Check its spelling.`,
    }))
}

// Who is said to live nowhere else lives in a home of their own.
function settingOf({ setting }: Case): string {
  return setting ?? 'own-home'
}

function checkOf(rule: Exclusion | OffScale, pointer: string): Check {
  switch (rule.rule) {
    case 'weekly-cost-above':
      return weeklyCheck(rule.limit, rule.weeksPerYear, pointer)
    case 'user-group':
      return {
        applies: ({ userGroup }) => rule.userGroups.includes(userGroup),
        reason: ({ userGroup }) => `The user group "${userGroup}" is left out.`,
      }
    case 'setting':
      return {
        applies: (person) => rule.settings.includes(settingOf(person)),
        reason: (person) => `The setting "${settingOf(person)}" is left out.`,
      }
    case 'points-off-scale':
      return {
        applies: ({ points }) => points > rule.scaleMaximum,
        reason: ({ points }) =>
          `The answers score ${hundredthsText(points)} points, above the scale's ${hundredthsText(rule.scaleMaximum)}: cost this person individually.`,
      }
  }
}

function weeklyCheck(limit: string, weeksPerYear: string, pointer: string): Check {
  const [week, weeks] = [decimal(limit), decimal(weeksPerYear)]
  if (week.lessThan(0)) throw outOfRange(`${pointer}/limit`, `Found a limit of £${limit}. Give £0 or more.`)
  if (weeks.lessThan(52) || weeks.greaterThan(53))
    throw outOfRange(`${pointer}/weeksPerYear`, `Found ${weeksPerYear} weeks per year. Give 52 to 53.`)
  // A whole number of pence is above the limit exactly when it is above the whole pence of it.
  const most = BigInt(week.times(weeks).times(100).floor().toFixed(0))
  return {
    applies: ({ cost }) => BigInt(cost) > most,
    reason: () =>
      `The cost is above ${inPoundsAndPence(limit)} a week (${plain(weeksPerYear)} weeks a year).`,
  }
}

function totals(cases: readonly Case[]): PartTotals {
  let [weight, cost, points] = [0n, 0n, 0n]
  for (const person of cases) {
    const own = BigInt(person.weight)
    weight += own
    cost += BigInt(person.cost) * own
    points += BigInt(person.points) * own
  }
  return { rows: cases.length, people: people(weight), cost: pounds(cost), points: pounds(points) }
}
