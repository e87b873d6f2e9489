// A run's methods as a report shows them: what was stored of each, and nothing computed again but the adjustments,
// which a table states beside its knots and people meet multiplied in.

import type { RefusedPart } from '../../contract/calibration/figures.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type { FittedCurve, MethodResult } from '../../contract/calibration/run-results.ts'
import type { Band, CombinedTrust, CurveTrust } from '../../contract/calibration/trust.ts'
import type { Adjustment } from '../../contract/documents/calibration-table.ts'
import { sidesOf } from '../../domain/calibration/effects/effects.ts'
import { type Decimal, decimal } from '../../domain/number/decimal.ts'
import { fractionOf } from '../../domain/number/decimal-fraction.ts'
import type { FitOfReport, MethodOfReport, RefusedMethod, TogetherOfReport } from '../../pages/report/data.ts'
import { methodTitle } from '../../pages/report/words/method-words.ts'
import { amountOf, type PersonLine } from '../run/outcome-text.ts'

/** The methods that a run could fit, in its order. `people` are those who were included. */
export function reportMethods(
  methods: readonly MethodResult[],
  people: readonly PersonLine[],
  { adjustments, contingency, tolerance }: ComputedRequest,
): readonly MethodOfReport[] {
  const titleOf = titles(methods)
  const held = fractionOf(contingency.fraction)
  return methods.flatMap((method, i): MethodOfReport[] => {
    if (method.outcome === 'refused') return []
    const { name, request, curves, impact, scenarios, reasonableness, estimateAgreement } = method
    const { impactAvailable, scenariosAvailable, accuracy, cliffs } = method
    const amounts = sidesOf(
      people.map((person) => amountOf(person, i)),
      held,
    )
    return [
      {
        key: name,
        title: titleOf(method),
        request,
        fits: curves.map((curve, c) => fitOf(curve, method.trust?.[c] ?? null, adjustments)),
        together: togetherOf(method.trustCombined, adjustments),
        amounts: amounts.whole,
        amountsAvailable: amounts.available,
        ...{ impact, impactAvailable, scenarios, scenariosAvailable, accuracy, cliffs },
        tolerance,
        reasonableness,
        estimateAgreement,
        roundingDifference: sum(curves.map((curve) => curve.roundingDifference)),
        unspent: sum(curves.map(({ unspent }) => unspent)),
      },
    ]
  })
}

/** The others, and why. */
export function refusedMethods(methods: readonly MethodResult[]): readonly RefusedMethod[] {
  const titleOf = titles(methods)
  return methods.flatMap((method) =>
    method.outcome === 'refused' ? [{ title: titleOf(method), detail: method.detail }] : [],
  )
}

// Readers see plain titles; the run's own names tell methods apart that differ in their bounds alone.
function titles(methods: readonly MethodResult[]): (method: MethodResult) => string {
  const plain = methods.map(({ request }) => methodTitle(request))
  return ({ name, request }) => {
    const title = methodTitle(request)
    return plain.filter((one) => one === title).length > 1 ? `${title}, ${name}` : title
  }
}

function fitOf(
  { userGroups, knots, coefficients, warnings }: FittedCurve,
  trust: CurveTrust | null,
  adjustments: readonly Adjustment[],
): FitOfReport {
  const fit: FitOfReport = {
    userGroup: userGroups === 'all' ? null : (userGroups[0] ?? null),
    knots,
    coefficients,
    warnings,
    bands: found(trust?.bootstrap),
    crossValidation: found(trust?.crossValidation),
    leaveOneOut: found(trust?.leaveOneOut)?.cases ?? null,
  }
  return adjustments.length === 0 ? fit : adjusted(fit, adjustments)
}

function togetherOf(
  combined: CombinedTrust | undefined,
  adjustments: readonly Adjustment[],
): TogetherOfReport | null {
  if (combined === undefined) return null
  const bands = found(combined.bootstrap)
  const factor = factorOf(adjustments)
  return {
    bands: bands && { ...bands, total: scaledBand(bands.total, factor) },
    crossValidation: found(combined.crossValidation),
  }
}

function found<T extends { readonly outcome: 'fitted' }>(part: T | RefusedPart | undefined): T | null {
  return part === undefined || part.outcome === 'refused' ? null : part
}

// What is said of people not seen and of single people stays as it was: it judges the method, not next year's prices.
function adjusted(fit: FitOfReport, adjustments: readonly Adjustment[]): FitOfReport {
  const factor = factorOf(adjustments)
  const { knots, coefficients, warnings, bands } = fit
  const { pricePerPoint } = coefficients
  const stated = adjustments.map(({ name, factor: own }) => `${name} × ${own}`).join(', ')
  const detail = `Amounts, tables and bands are after the adjustments (${stated}); how close the method comes to people it has not seen is before them.`
  return {
    ...fit,
    knots: knots.map(({ points, amountAnnual }) => ({ points, amountAnnual: scaled(amountAnnual, factor) })),
    coefficients:
      pricePerPoint === undefined
        ? coefficients
        : { ...coefficients, pricePerPoint: scaled(pricePerPoint, factor) },
    warnings: [...warnings, { code: 'adjusted', detail }],
    bands: bands && {
      ...bands,
      curve: bands.curve.map((band) => ({ ...band, ...scaledBand(band, factor) })),
      total: scaledBand(bands.total, factor),
    },
  }
}

function factorOf(adjustments: readonly Adjustment[]): Decimal {
  return adjustments.reduce((product, one) => product.times(one.factor), decimal('1'))
}

function scaledBand({ estimate, lower, upper }: Band, factor: Decimal): Band {
  return {
    estimate: scaled(estimate, factor),
    lower: lower && scaled(lower, factor),
    upper: upper && scaled(upper, factor),
  }
}

function scaled(amount: string, factor: Decimal): string {
  return decimal(amount).times(factor).toFixed()
}

function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), decimal('0')).toFixed(2)
}
