// Everything a run says of one method: its curves, who gains and who loses by them, what moving people there costs,
// and how far it can be trusted.

import type { CompleteMethod } from '../../contract/calibration/method.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { FittedMethod, MethodResult } from '../../contract/calibration/run-results.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { Case } from '../../domain/calibration/cohort/case.ts'
import { estimateAgreement } from '../../domain/calibration/effects/estimate-agreement.ts'
import { impact } from '../../domain/calibration/effects/impact.ts'
import { differenceCodes, reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { scenarios } from '../../domain/calibration/effects/scenarios.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import { pounds } from '../../domain/number/figures.ts'
import { add, roundHalfUp, ZERO } from '../../domain/number/fraction.ts'
import { present } from '../../domain/present.ts'
import { type CurveGroup, fitCurve, methodInput } from './method-curves.ts'
import { bandsOf, costBandsOf } from './run-request.ts'
import { refusedPart, trustOf } from './trust.ts'

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

/** Yields how far the method is; refusals of the method end as part of the result. */
export function* methodOutcome(
  request: ComputedRequest,
  index: number,
  cases: readonly Case[],
  groups: readonly CurveGroup[],
  scaleMaximum: number,
): Generator<MethodStep, MethodOutcome> {
  const method = present(request.methods[index])
  const { name } = method
  const pointer = `/methods/${index}`
  try {
    const fitted = groups.map((group) => fitCurve(method, group, request, scaleMaximum, pointer))
    yield { done: 0, total: request.trust?.resamples ?? 0 }
    const curves = fitted.map(({ result }) => result)
    const amounts = spread(cases, groups, fitted, ({ amounts }) => amounts)
    const reckoned = figures(request, cases, amounts, groups)
    const existing = cases.map(({ cost }) => cost)
    const beyond = differenceCodes(cases, amounts, request.tolerance, existing)
    const trust = yield* trustSteps(request, method, groups, scaleMaximum, pointer)
    const result: FittedMethod = {
      outcome: 'fitted',
      name,
      request: method,
      curves,
      ...reckoned,
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
  groups: readonly CurveGroup[],
) {
  const target = groups.reduce((sum, group) => add(sum, group.target), ZERO)
  return {
    totals: totals(request, cases, amounts),
    impact: impact(cases, amounts, {
      costBands: costBandsOf(request.costBands),
      pointsBands: bandsOf(request.pointsBands),
      target,
    }),
    scenarios: scenarios(cases, amounts, request.scenarios),
    reasonableness: reasonableness(cases, amounts, request.tolerance, { most: MOST_DIFFERENCES }),
    estimateAgreement: cases.some(({ estimate }) => estimate !== null)
      ? estimateAgreement(cases, amounts)
      : null,
  }
}

// Contingency is held person by person, rounded as the engine does: what is available and what is held sum to the whole.
function totals({ contingency }: ComputedRequest, cases: readonly Case[], amounts: readonly number[]) {
  const share = fractionOf(contingency.fraction)
  let [whole, held] = [0n, 0n]
  cases.forEach(({ weight }, i) => {
    const amount = BigInt(present(amounts[i]))
    whole += amount * BigInt(weight)
    held += roundHalfUp({ n: amount * share.n, d: share.d }) * BigInt(weight)
  })
  return { amount: pounds(whole), contingency: pounds(held), available: pounds(whole - held) }
}
