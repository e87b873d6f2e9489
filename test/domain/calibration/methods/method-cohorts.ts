// Cohorts the methods are tried on, and what people get from the printed table. Points and pounds here are whole or
// decimal numbers as a reader writes them; the cases carry hundredths and pence.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import { Refusal } from '../../../../src/contract/refusal.ts'
import { currentSpend } from '../../../../src/domain/calibration/budget/budget.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import type { FittedCurve } from '../../../../src/domain/calibration/methods/fitted-curve.ts'
import { amountAt } from '../../../../src/domain/calibration/methods/knots.ts'
import type { MethodFit, MethodInput } from '../../../../src/domain/calibration/methods/method-input.ts'
import { amountsOf, publishedKnots } from '../../../../src/domain/calibration/methods/published.ts'
import { EXACT } from '../../../../src/domain/number/arithmetic.ts'
import { add, type Fraction, fraction, multiply } from '../../../../src/domain/number/fraction.ts'

export type Row = readonly [points: number, pounds: number, people?: number]

/** Rows of points, pounds a year and (unless one) people. */
export function cohort(...rows: readonly Row[]): readonly Case[] {
  return rows.map(([points, pounds, people = 1], i) => ({
    ref: `row ${i + 1}`,
    userGroup: 'adults',
    points: Math.round(points * 100),
    cost: Math.round(pounds * 100),
    weight: Math.round(people * 10_000),
    ageBand: null,
    setting: null,
    team: null,
    estimate: null,
    characteristics: null,
    answers: null,
  }))
}

/** Six people small enough to reckon by hand. They cost £66,000. */
export const tiny = cohort([5, 2000], [10, 3000], [10, 6000], [20, 9000], [30, 20000], [40, 26000])

/** A budget-neutral request on a scale of 100 points, for what the cohort costs now, changed by what is stated. */
export function input(cases: readonly Case[], changes: Partial<MethodInput> = {}): MethodInput {
  return {
    cases,
    scaleMaximum: 10_000,
    target: currentSpend(cases),
    neutral: true,
    surplus: 'redistribute',
    ...changes,
  }
}

/** What each case gets from the fit's table printed to the penny, in pounds. */
export function paid(fit: MethodFit, cases: readonly Case[]): readonly number[] {
  return amountsOf(publishedKnots(fit, 1), cases, 1).map((pence) => pence / 100)
}

/** What a curve gives all of the cases, in pence: person by person, where production weighs its knots. */
export function totalOf(curve: FittedCurve, cases: readonly Case[]): Fraction {
  const paid = cases.map(({ points, weight }) =>
    multiply(amountAt(EXACT, curve, points), fraction(BigInt(weight), 10_000n)),
  )
  return paid.reduce(add, fraction(0n))
}

export function codesOf(fit: MethodFit): readonly string[] {
  return fit.warnings.map(({ code }) => code)
}

/** What a refusal names, `code at pointer`; the result where there is none. */
export function refusalOf<T>(run: () => T): T | string {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'calibration-impossible') throw error
    return error.faults.map(({ code, pointer }) => `${code} at ${pointer}`).join(', ')
  }
}

export function asNumber({ n, d }: Fraction): number {
  return Number(n) / Number(d)
}

/** Every method in every mode and reading. */
export const EVERY_METHOD: readonly MethodRequest[] = [
  { method: 'fixed' },
  { method: 'percentile' },
  { method: 'percentile', mode: 'percent-table' },
  { method: 'percentile', mode: 'percent-table', step: 2 },
  { method: 'percentile', mode: 'excel' },
  { method: 'percentile', mode: 'mid-rank' },
  { method: 'line' },
  { method: 'line', floor: { kind: 'amount', amountAnnual: '150.00' } },
  { method: 'line', floor: { kind: 'price', pricePerPoint: '20' }, neutralise: 'shift' },
  { method: 'rising-price' },
  { method: 'bounded-line' },
  {
    method: 'bounded-line',
    line: { slope: '300', intercept: '-2000' },
    floorPrice: '10',
    ceilingPrice: '900',
  },
  { method: 'isotonic' },
]

export function nameOf({ method, ...options }: MethodRequest): string {
  return [method, ...Object.values(options).map((value) => JSON.stringify(value))].join(' ')
}

export type BnesPerson = { readonly cell: string; readonly case: Case }

/** The 134 synthetic people who agree with every figure B&NES published in 2012. No row is about a person. */
export function bnesPeople(): readonly BnesPerson[] {
  return csv('bnes-2012-reconstructed-cohort.csv').flatMap(([ref, group, band, points, cost]) =>
    cohort([Number(points), Number(cost)]).map((one) => ({
      cell: `${group} ${band}`,
      case: { ...one, ref: String(ref), userGroup: String(group) },
    })),
  )
}

export type BnesCell = {
  readonly cell: string
  readonly people: string
  readonly fixed: string
  readonly percentile: string
}

/** The 24 printed cells. */
export function bnesCells(): readonly BnesCell[] {
  return csv('bnes-table.csv').map(([group, band, people, , fixed, percentile]) => ({
    cell: `${group} ${band}`,
    people: String(people),
    fixed: String(fixed),
    percentile: String(percentile),
  }))
}

function csv(name: string): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(`test/data/${name}`, 'utf8').trim().split('\n')
  return lines.map((line) => line.match(/"[^"]*"|[^,"]+/g)?.map((cell) => cell.replaceAll('"', '')) ?? [])
}

/** Up to 40 people on a scale of 20 points: many ties, some at 0, some at the top. */
export const arbCohort = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.nat(2000),
        fc.nat(20).map((points) => points * 100),
      ),
      fc.oneof(fc.nat(3_000_000), fc.constantFrom(0, 500_000)),
      fc.integer({ min: 1, max: 4 }),
    ),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map((rows) =>
    cohort(...rows.map(([points, pence, people]) => [points / 100, pence / 100, people] as const)),
  )

/** A floor, a cap, neither or both, and where a surplus goes. */
export const arbBounds = fc
  .tuple(
    fc.option(fc.nat(200_000)),
    fc.option(fc.integer({ min: 200_000, max: 2_500_000 })),
    fc.constantFrom('redistribute' as const, 'contingency' as const, 'drop' as const),
  )
  .map(([floor, cap, surplus]) => ({
    surplus,
    ...(floor === null ? {} : { floor }),
    ...(cap === null ? {} : { cap }),
  }))
