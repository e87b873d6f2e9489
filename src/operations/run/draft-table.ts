// From a finished run to the draft of a calibration table: the knots of one method, with all they were made from. The
// draft then lives like any other, and a second person publishes it.

import type { CalibrationTable, Curve, Provenance } from '../../contract/documents/calibration-table.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { MethodRequest } from '../../domain/calibration/methods/methods.ts'
import { followsSingleCosts, SINGLE_COSTS } from '../../domain/disclosure/disclosed-curves.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { inPoundsAndPence } from '../../domain/number/in-words.ts'
import type { CurveResult } from './method-curves.ts'
import type { CompleteMethod, ComputedRequest } from './run-request.ts'

/** What a run cannot know: when the table begins, what it is called, and why its levels are what they are. */
export type DraftRequest = {
  readonly method: string
  readonly key: string
  readonly title: string
  readonly financialYear: string
  readonly effectiveFrom: string
  readonly effectiveBefore?: string
  readonly weeksPerYear: string
  readonly rationale: string
  readonly source?: string
  readonly cap?: { readonly amountAnnual: string }
  readonly aboveLast?: 'refer-and-hold' | 'refuse'
  readonly backdatingReason?: string
  /** Why a group has a curve of its own, where it has. */
  readonly reasons?: Readonly<
    Record<string, { readonly reasonForDifference: string; readonly ageReason?: string }>
  >
}

type RunResults = {
  readonly cohortHash: string
  readonly syntheticNote?: string
  readonly engineVersion: string
  readonly questionnaire: VersionRef
  readonly request: ComputedRequest
  readonly methods: readonly {
    readonly name: string
    readonly request: CompleteMethod
    readonly refused?: { readonly detail: string }
    readonly curves?: readonly CurveResult[]
  }[]
}

export type DraftedFrom = { readonly runId: string; readonly resultHash: string; readonly results: string }

/** Refuses a method that the run has not, or that refused its cohort. */
export function draftTable(
  asked: DraftRequest,
  { runId, resultHash, results }: DraftedFrom,
): CalibrationTable & { readonly key: string } {
  const run = JSON.parse(results) as RunResults
  const method = run.methods.find(({ name }) => name === asked.method)
  if (method?.curves === undefined) throw noCurve(asked.method, run, method?.refused?.detail)
  const { adjustments, contingency, rounding } = run.request
  const { key, title, financialYear, effectiveFrom, effectiveBefore, weeksPerYear } = asked
  const { rationale, backdatingReason } = asked
  const cap = capOf(asked, method.curves)
  return {
    key,
    title,
    financialYear,
    effectiveFrom,
    ...(effectiveBefore === undefined ? {} : { effectiveBefore }),
    questionnaire: run.questionnaire,
    curves: method.curves.map((curve) => curveOf(curve, asked)),
    belowFirst: 'line-from-zero',
    aboveLast: asked.aboveLast ?? 'refer-and-hold',
    adjustments,
    ...(cap === undefined ? {} : { cap }),
    contingency,
    rounding: { to: rounding.to, mode: 'half-up' },
    weeksPerYear,
    source: asked.source ?? `Calibration run ${runId}, method ${asked.method}.${capSentence(method.curves)}`,
    rationale,
    ...(backdatingReason === undefined ? {} : { backdatingReason }),
    provenance: {
      calibrationRunId: runId,
      method: asked.method,
      cohortHash: run.cohortHash,
      ...(run.syntheticNote === undefined ? {} : { syntheticNote: run.syntheticNote }),
      parameters: parametersOf(run.request, method.request, method.curves, resultHash),
      engineVersion: run.engineVersion,
    },
  }
}

// A cap refers and never cuts: people above it are shown what they would have, so the table has the curve without it.
function curveOf({ userGroups, knots, cap }: CurveResult, { reasons = {} }: DraftRequest): Curve {
  const [group = ''] = userGroups === 'all' ? [] : userGroups
  const reason = Object.hasOwn(reasons, group) ? reasons[group] : undefined
  return { userGroups, interpolation: 'linear', knots: cap?.uncappedKnots ?? knots, ...reason }
}

/** The cap that was stated, or else that of the method. Refuses one above it: the run counted nobody above its own. */
function capOf({ cap }: DraftRequest, curves: readonly CurveResult[]): CalibrationTable['cap'] {
  const own = curves[0]?.cap?.inTableAnnual
  if (own === undefined) return cap
  if (cap === undefined || decimal(cap.amountAnnual).equals(own)) return { amountAnnual: own }
  if (decimal(cap.amountAnnual).lessThan(own)) return cap
  const detail = `The cap of ${inPoundsAndPence(cap.amountAnnual)} is above the ${inPoundsAndPence(own)} that this method was calibrated with. State that or less, leave it out, or request a run with another cap.`
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/cap/amountAnnual', code: 'parameter-out-of-range', detail }],
  })
}

function capSentence([curve]: readonly CurveResult[]): string {
  if (curve?.cap === undefined) return ''
  const { amountAnnual, inTableAnnual } = curve.cap
  return ` It was calibrated with a cap of ${inPoundsAndPence(amountAnnual)} a year, ${inPoundsAndPence(inTableAnnual)} after the adjustments: anyone who would get more is referred to individual costing.`
}

function noCurve(name: string, { methods }: RunResults, refused: string | undefined): Refusal {
  const known = methods.map((method) => method.name).join(', ')
  const detail =
    refused === undefined
      ? `The run has no method of that name; it has ${known}.`
      : `The method "${name}" has no curve in this run: ${refused}`
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/method', code: 'parameter-out-of-range', detail }],
  })
}

const LONGEST = 500

// Single values by name; the whole request is stored with the run, under the hash given here.
function parametersOf(
  request: ComputedRequest,
  { name: _, method, neutral, bounds, ...options }: CompleteMethod,
  curves: readonly CurveResult[],
  resultHash: string,
): Provenance['parameters'] {
  const [only] = curves
  const coefficients = curves.length === 1 && only !== undefined ? only.coefficients : {}
  const stated: Record<string, unknown> = {
    method,
    ...options,
    neutral,
    ...bounds,
    groups: request.groups,
    budget: request.budget,
    exclusions: request.exclusions,
    ...coefficients,
    resultHash,
    ...(followsSingleCosts({ method, ...options } as MethodRequest) ? { disclosure: SINGLE_COSTS } : {}),
  }
  return Object.fromEntries(
    Object.entries(stated)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const)
      .filter(([, value]) => value.length > 0 && value.length <= LONGEST),
  )
}
