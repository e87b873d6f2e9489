// From a finished run to the draft of a calibration table: the knots of one method, with all they were made from. The
// draft then lives like any other, and a second person publishes it.

import type { CompleteMethod } from '../../contract/calibration/method.ts'
import type { ComputedRequest } from '../../contract/calibration/run-request.ts'
import type {
  FittedCurve,
  FittedMethod,
  RefusedMethod,
  RunResults,
} from '../../contract/calibration/run-results.ts'
import type { DraftTableRequest } from '../../contract/calibration/run-tables.ts'
import type { CalibrationTable, Curve } from '../../contract/documents/calibration-table.ts'
import type { Provenance } from '../../contract/documents/provenance.ts'
import { Refusal } from '../../contract/refusal.ts'
import { followsSingleCosts, SINGLE_COSTS } from '../../domain/disclosure/disclosed-curves.ts'
import { decimal } from '../../domain/number/decimal.ts'
import { inPoundsAndPence } from '../../domain/number/in-words.ts'

/** What of a run's results a table is made from. */
type DraftSource = Omit<RunResults, 'v' | 'methods' | Described> & {
  readonly methods: readonly (
    | Pick<FittedMethod, 'outcome' | 'name' | 'request' | 'curves' | 'accuracy'>
    | RefusedMethod
  )[]
}
type Described = 'exclusions' | 'summary' | 'characteristics' | 'pointsAndCost' | 'items' | 'sampling'

export type DraftedFrom = {
  readonly runId: string
  readonly resultHash: string
  readonly results: DraftSource
}

/** Refuses a method that the run has not, or that refused its cohort. */
export function draftTable(
  asked: DraftTableRequest,
  { runId, resultHash, results }: DraftedFrom,
): CalibrationTable & { readonly key: string } {
  const method = results.methods.find(({ name }) => name === asked.method)
  if (method === undefined || method.outcome === 'refused')
    throw noCurve(asked.method, results, method?.detail)
  const { adjustments, contingency, rounding } = results.request
  const { key, title, financialYear, effectiveFrom, effectiveBefore, weeksPerYear } = asked
  const { rationale, backdatingReason, reviewBy, release } = asked
  const own = ownCap(results.request, method.curves)
  const cap = capOf(asked, own)
  const outside = outsideOf(results.request)
  return {
    key,
    title,
    financialYear,
    effectiveFrom,
    ...(effectiveBefore === undefined ? {} : { effectiveBefore }),
    questionnaire: results.questionnaire,
    ...(reviewBy === undefined ? {} : { reviewBy }),
    curves: method.curves.map((curve) => curveOf(curve, asked)),
    ...(outside.length === 0 ? {} : { outside }),
    settings: results.settings,
    belowFirst: 'line-from-zero',
    aboveLast: asked.aboveLast ?? 'refer-and-hold',
    adjustments,
    ...(cap === undefined ? {} : { cap }),
    contingency: { ...contingency, ...(release === undefined ? {} : { release }) },
    rounding: { to: rounding.to, mode: 'half-up' },
    weeksPerYear,
    source: asked.source ?? `Calibration run ${runId}, method ${asked.method}.${own?.sentence ?? ''}`,
    rationale,
    ...(backdatingReason === undefined ? {} : { backdatingReason }),
    provenance: {
      calibrationRunId: runId,
      method: asked.method,
      cohortHash: results.cohortHash,
      ...(results.syntheticNote === undefined ? {} : { syntheticNote: results.syntheticNote }),
      parameters: parametersOf(results.request, method.request, method.curves, resultHash),
      engineVersion: results.engineVersion,
      evidence: results.evidence,
      ...(method.accuracy === null ? {} : { accuracy: method.accuracy }),
    },
  }
}

// A cap refers and never cuts: people above it are shown what they would have, so the table has the curve without it.
function curveOf({ userGroups, knots, cap }: FittedCurve, { reasons = {} }: DraftTableRequest): Curve {
  const [group = ''] = userGroups === 'all' ? [] : userGroups
  const reason = Object.hasOwn(reasons, group) ? reasons[group] : undefined
  return { userGroups, interpolation: 'linear', knots: cap?.uncappedKnots ?? knots, ...reason }
}

// Whom the run left out is left out by its table: nobody was counted whom it would price.
function outsideOf({ exclusions }: ComputedRequest): NonNullable<CalibrationTable['outside']> {
  const named = exclusions.flatMap((rule) =>
    rule.rule === 'user-group'
      ? rule.userGroups.map((userGroup) => ({ userGroup, reason: rule.reason }))
      : [],
  )
  return named.filter(({ userGroup }, i) => named.findIndex((one) => one.userGroup === userGroup) === i)
}

/** The lowest amount above which a run has counted nobody, in the table; and what the draft says of it. */
type OwnCap = { readonly amountAnnual: string; readonly why: string; readonly sentence: string }

function ownCap(request: ComputedRequest, curves: readonly FittedCurve[]): OwnCap | null {
  const caps = [...methodCaps(curves), ...excludedAbove(request)]
  const rising = caps.toSorted((a, b) => decimal(a.amountAnnual).comparedTo(b.amountAnnual))
  return rising[0] ?? null
}

function methodCaps([curve]: readonly FittedCurve[]): readonly OwnCap[] {
  if (curve?.cap === undefined) return []
  const { amountAnnual, inTableAnnual } = curve.cap
  return [
    {
      amountAnnual: inTableAnnual,
      why: 'that this method was calibrated with',
      sentence: ` It was calibrated with a cap of ${inPoundsAndPence(amountAnnual)} a year, ${inPoundsAndPence(inTableAnnual)} after the adjustments: anyone who would get more is referred to individual costing.`,
    },
  ]
}

// After the adjustments, like every amount of the table, and rounded down to its unit: nobody above it was counted.
function excludedAbove({ exclusions, adjustments, rounding }: ComputedRequest): readonly OwnCap[] {
  return exclusions.flatMap((rule): OwnCap[] => {
    if (rule.rule !== 'weekly-cost-above') return []
    const yearly = decimal(rule.limit).times(rule.weeksPerYear)
    const adjusted = adjustments.reduce((product, one) => product.times(one.factor), yearly)
    const amountAnnual = adjusted.divToInt(rounding.to).times(rounding.to).toFixed(2)
    return [
      {
        amountAnnual,
        why: 'above which this run left people out',
        sentence: ` People above ${inPoundsAndPence(rule.limit)} a week were left out, ${inPoundsAndPence(amountAnnual)} a year in this table: anyone who would get more is referred to individual costing.`,
      },
    ]
  })
}

/** The cap that was stated, or else the run's own. Refuses one above that. */
function capOf({ cap }: DraftTableRequest, own: OwnCap | null): CalibrationTable['cap'] {
  if (own === null) return cap
  const { amountAnnual, why } = own
  if (cap === undefined || decimal(cap.amountAnnual).equals(amountAnnual)) return { amountAnnual }
  if (decimal(cap.amountAnnual).lessThan(amountAnnual)) return cap
  const detail = `The cap of ${inPoundsAndPence(cap.amountAnnual)} is above the ${inPoundsAndPence(amountAnnual)} ${why}. State that or less, leave it out, or request another run.`
  throw new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/cap/amountAnnual', code: 'parameter-out-of-range', detail }],
  })
}

function noCurve(name: string, { methods }: DraftSource, refused: string | undefined): Refusal {
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
  curves: readonly FittedCurve[],
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
    // What a sample needs depends on it.
    ...(request.sampling?.population == null ? {} : { population: request.sampling.population }),
    ...coefficients,
    resultHash,
    ...(followsSingleCosts({ method }) ? { disclosure: SINGLE_COSTS } : {}),
  }
  return Object.fromEntries(
    Object.entries(stated)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const)
      .filter(([, value]) => value.length > 0 && value.length <= LONGEST),
  )
}
