// Everything a run says of one method: its curves, who gains and who loses by them, what moving people there costs,
// and how far it can be trusted.

import type { Declared } from '../../contract/calibration/cohort.ts'
import type { CompleteMethod } from '../../contract/calibration/method.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { FittedCurve, FittedMethod, MethodResult } from '../../contract/calibration/run-results.ts'
import type { CrossValidation } from '../../contract/calibration/trust.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { effectsOf, mapSides, type Sides, sidesOf } from '../../domain/calibration/effects/effects.ts'
import { estimateAgreement } from '../../domain/calibration/effects/estimate-agreement.ts'
import { differenceCodes, reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { accuracyOf } from '../../domain/calibration/trust/accuracy.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import { pounds } from '../../domain/number/figures.ts'
import { add, ZERO } from '../../domain/number/fraction.ts'
import { present } from '../../domain/present.ts'
import { cliffsOf, marginalOf, type PricedCurves } from '../../domain/table/stretches.ts'
import { type CurveGroup, fitCurve, methodInput } from './method-curves.ts'
import { bandsOf, costBandsOf } from './run-request.ts'
import { refusedPart, type Trust, trustOf } from './trust.ts'

/** Beyond these the differences are in the export, with everybody. */
const MOST_DIFFERENCES = 100

export type MethodOutcome = {
  readonly result: MethodResult
  /** What each included person gets, in pence a year; null where the method refuses. */
  readonly amounts: readonly number[] | null
  /** Which tolerances each is beyond, as `differenceCodes` says. */
  readonly beyond: Uint8Array | null
}

export type MethodStep = { readonly done: number; readonly total: number }

/** What all methods of a run share. */
export type MethodContext = {
  readonly groups: readonly CurveGroup[]
  readonly characteristics: readonly Declared[]
  readonly scaleMaximum: number
}

/** Yields how far the method is; refusals of the method end as part of the result. */
export function* methodOutcome(
  request: ComputedRequest,
  index: number,
  cases: readonly Case[],
  { groups, characteristics, scaleMaximum }: MethodContext,
): Generator<MethodStep, MethodOutcome> {
  const method = present(request.methods[index])
  const { name } = method
  const pointer = `/methods/${index}`
  try {
    const fitted = groups.map((group) => fitCurve(method, group, request, scaleMaximum, pointer))
    yield { done: 0, total: request.trust?.resamples ?? 0 }
    const curves = fitted.map(({ result }) => result)
    const amounts = spread(cases, groups, fitted, ({ amounts }) => amounts)
    const effects = figures(request, cases, amounts, { groups, characteristics })
    const existing = cases.map(({ cost }) => cost)
    const beyond = differenceCodes(cases, amounts, request.tolerance, existing)
    const trust = yield* trustSteps(request, method, groups, scaleMaximum, pointer)
    const result: FittedMethod = {
      outcome: 'fitted',
      name,
      request: method,
      curves,
      ...effects,
      ...alongCurves(request, curves),
      accuracy: accuracyOf(validationOf(trust), cases),
      trust: trust?.curves ?? null,
      // One curve is all there is together.
      ...(trust && groups.length > 1 ? { trustCombined: trust.combined } : {}),
    }
    return { result, amounts, beyond }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { result: { ...refusedPart(error), name, request: method }, amounts: null, beyond: null }
  }
}

function* trustSteps(
  { budget, trust }: ComputedRequest,
  method: CompleteMethod,
  groups: readonly CurveGroup[],
  scaleMaximum: number,
  pointer: string,
) {
  if (trust === undefined) return undefined
  const targetFollows = budget.basis === 'stated' ? ('weight' as const) : ('spend' as const)
  const inputs = groups.map((group) => ({
    ...methodInput(method, group, scaleMaximum, pointer),
    request: method,
    targetFollows,
  }))
  const steps = trustOf(inputs, trust)
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) yield { done: step.value, total: trust.resamples }
  const { curves, combined } = step.value
  const named = curves.map((curve, i) => ({ userGroups: present(groups[i]).userGroups, ...curve }))
  return { curves: named, combined }
}

function spread<T>(
  cases: readonly Case[],
  groups: readonly CurveGroup[],
  fitted: readonly T[],
  of: (one: T) => readonly number[],
): readonly number[] {
  const all = new Array<number>(cases.length).fill(0)
  groups.forEach(({ places }, g) => {
    const own = of(present(fitted[g]))
    places.forEach((place, i) => {
      all[place] = present(own[i])
    })
  })
  return all
}

function figures(
  request: ComputedRequest,
  cases: readonly Case[],
  amounts: readonly number[],
  { groups, characteristics }: Pick<MethodContext, 'groups' | 'characteristics'>,
) {
  const target = groups.reduce((sum, group) => add(sum, group.target), ZERO)
  const options = {
    costBands: costBandsOf(request.costBands),
    pointsBands: bandsOf(request.pointsBands),
    target,
    scenarios: request.scenarios,
    characteristics,
  }
  const sides = sidesOf(amounts, fractionOf(request.contingency.fraction))
  const { whole, available } = mapSides(sides, (own) => effectsOf(cases, own, options))
  return {
    totals: totals(cases, sides),
    ...whole,
    impactAvailable: available?.impact ?? null,
    scenariosAvailable: available?.scenarios ?? null,
    tenthsAvailable: available?.tenths ?? null,
    characteristicsAvailable: available?.characteristics ?? null,
    reasonableness: reasonableness(cases, amounts, request.tolerance, { most: MOST_DIFFERENCES }),
    estimateAgreement: cases.some(({ estimate }) => estimate !== null)
      ? estimateAgreement(cases, amounts)
      : null,
  }
}

// Contingency is held person by person, rounded as the engine does: what is available and what is held sum to the whole.
function totals(cases: readonly Case[], { whole, available }: Sides<readonly number[]>) {
  const sum = (amounts: readonly number[]) =>
    cases.reduce((all, { weight }, i) => all + BigInt(present(amounts[i])) * BigInt(weight), 0n)
  const [amount, planned] = [sum(whole), sum(available ?? whole)]
  return { amount: pounds(amount), contingency: pounds(amount - planned), available: pounds(planned) }
}

/** What a further point is worth and where the curves jump, as the table of the method would have them. */
function alongCurves({ adjustments, rounding }: ComputedRequest, curves: readonly FittedCurve[]) {
  const table: PricedCurves = {
    belowFirst: 'line-from-zero',
    adjustments,
    rounding: { to: rounding.to, mode: 'half-up' },
    curves: curves.map(({ knots, cap }) => ({ interpolation: 'linear', knots: cap?.uncappedKnots ?? knots })),
  }
  const marginal = marginalOf(table).map((stretches, curve) => ({ curve, stretches }))
  return { marginal, cliffs: cliffsOf(table) }
}

function validationOf(trust: Trust | undefined): CrossValidation | null {
  if (trust === undefined) return null
  const { crossValidation } = trust.combined
  return crossValidation.outcome === 'refused' ? null : crossValidation
}
