// What a calibration run is asked for, and how what was left open is filled in before it is stored: a run is
// reproducible from its own request, whatever later releases would assume.

import type { Adjustment } from '../../contract/documents/calibration-table.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { BudgetStatement } from '../../domain/calibration/budget/budget.ts'
import type { Band, CostBands } from '../../domain/calibration/cohort/bands.ts'
import type { ExclusionRule } from '../../domain/calibration/cohort/exclusion.ts'
import type { Tolerance } from '../../domain/calibration/effects/reasonableness.ts'
import type { Surplus } from '../../domain/calibration/methods/method-input.ts'
import type { MethodRequest } from '../../domain/calibration/methods/methods.ts'
import { fractionOf, hundredthsText } from '../../domain/number/decimal-fraction.ts'
import { fraction, multiply, roundHalfUp } from '../../domain/number/fraction.ts'
import { inPounds, plain } from '../../domain/number/in-words.ts'
import { wholeNumber } from '../../domain/number/whole-number.ts'
import type { PublishedCells } from '../../pages/report/data.ts'

/** Pounds a year. */
export type BoundsRequest = { readonly floor?: string; readonly cap?: string; readonly surplus?: Surplus }

/** What may be said for one method, and else is as for the whole run. */
type MethodOptions = { readonly name?: string; readonly neutral?: boolean; readonly bounds?: BoundsRequest }

/** `below` in pounds or points as a decimal string; null for the last band. */
export type BandRequest = { readonly label: string; readonly below: string | null }
export type CostBandsRequest = {
  readonly all: readonly BandRequest[]
  readonly byGroup?: Readonly<Record<string, readonly BandRequest[]>>
}

export type SamplingRequest = {
  readonly confidence: string
  readonly margin: string
  readonly population: number | null
  readonly mix?: Readonly<Record<string, number>>
}

export type TrustRequest = {
  readonly seed: number
  readonly resamples: number
  readonly crossValidation?: { readonly repeats: number; readonly folds: number }
}

export type RunRequest = {
  readonly cohortId: string
  /** Restates everyone's points by another questionnaire version; everyone must have answers. */
  readonly questionnaire?: VersionRef
  readonly groups: 'all' | 'per-group'
  readonly budget: BudgetStatement
  readonly methods: readonly (MethodRequest & MethodOptions)[]
  readonly neutral?: boolean
  readonly bounds?: BoundsRequest
  readonly adjustments?: readonly Adjustment[]
  readonly contingency?: { readonly fraction: string }
  readonly rounding?: { readonly to: '0.01' | '1.00' }
  readonly exclusions?: readonly ExclusionRule[]
  readonly costBands?: CostBandsRequest
  readonly pointsBands?: readonly BandRequest[]
  readonly scenarios?: {
    readonly months: number
    readonly phase: { readonly steps: number; readonly firstStepMonth: number }
  }
  readonly tolerance?: Tolerance
  readonly sampling?: SamplingRequest
  readonly trust?: TrustRequest
  readonly published?: PublishedCells
}

export type CompleteMethod = MethodRequest & { readonly name: string; readonly neutral: boolean } & {
  readonly bounds: BoundsRequest & { readonly surplus: Surplus }
}

type Filled = 'neutral' | 'bounds' | 'adjustments' | 'contingency' | 'rounding' | 'exclusions' | 'costBands'
type FilledToo = 'pointsBands' | 'scenarios' | 'tolerance'
/** A request with nothing left open but what was not asked for: sampling, trust, other questionnaire. */
export type CompleteRequest = Omit<RunRequest, 'methods'> &
  Required<Pick<RunRequest, Filled | FilledToo>> & { readonly methods: readonly CompleteMethod[] }

/** What a run is computed from: all but what this service calls the cohort. */
export type ComputedRequest = Omit<CompleteRequest, 'cohortId'>

/** Fills in what was left open. `scaleMaximum` in hundredths of a point. */
export function completed(request: RunRequest, scaleMaximum: number): CompleteRequest {
  const { neutral = true, bounds = {}, methods } = request
  const names = new Map<string, number>()
  return {
    ...request,
    neutral,
    bounds,
    methods: methods.map((method) => ({
      ...method,
      name: uniqueName(method.name ?? nameOf(method), names),
      neutral: method.neutral ?? neutral,
      bounds: { surplus: 'redistribute' as const, ...(method.bounds ?? bounds) },
    })),
    adjustments: request.adjustments ?? [],
    contingency: request.contingency ?? { fraction: '0' },
    rounding: request.rounding ?? { to: '0.01' },
    exclusions: request.exclusions ?? [],
    costBands: request.costBands ?? { all: bandsUpTo(COST_LIMITS, inPounds, '') },
    pointsBands: request.pointsBands ?? bandsUpTo(tenths(scaleMaximum), plain, ' points'),
    scenarios: request.scenarios ?? { months: 12, phase: { steps: 12, firstStepMonth: 2 } },
    tolerance: request.tolerance ?? { percent: '25', pounds: '5000' },
  }
}

function nameOf(method: MethodRequest): string {
  return method.method === 'percentile' ? `percentile-${method.mode ?? 'tie-mean'}` : method.method
}

function uniqueName(name: string, names: Map<string, number>): string {
  const times = (names.get(name) ?? 0) + 1
  names.set(name, times)
  return times === 1 ? name : uniqueName(`${name}-${times}`, names)
}

const COST_LIMITS = ['2500', '5000', '10000', '15000', '20000', '30000', '40000', '50000']

function tenths(scaleMaximum: number): readonly string[] {
  return Array.from({ length: 9 }, (_, i) => hundredthsText(Math.floor(((i + 1) * scaleMaximum) / 10)))
}

/** "£2,500 to under £5,000", "0 to under 10 points". */
function bandsUpTo(
  limits: readonly string[],
  written: (limit: string) => string,
  unit: string,
): readonly BandRequest[] {
  return [
    ...limits.map((below, i) => ({
      label: `${written(limits[i - 1] ?? '0')} to under ${written(below)}${unit}`,
      below,
    })),
    { label: `${written(limits.at(-1) ?? '0')}${unit} and more`, below: null },
  ]
}

/** Bands as the domain takes them: pounds as pence, points as hundredths. */
export function bandsOf(bands: readonly BandRequest[]): readonly Band[] {
  return bands.map(({ label, below }) => ({ label, below: below === null ? null : hundredths(below) }))
}

export function costBandsOf({ all, byGroup = {} }: CostBandsRequest): CostBands {
  const own = Object.entries(byGroup).map(([group, bands]) => [group, bandsOf(bands)] as const)
  return { all: bandsOf(all), byGroup: Object.fromEntries(own) }
}

/** Pounds as pence, or points as hundredths of a point. */
export function hundredths(text: string): number {
  return wholeNumber(roundHalfUp(multiply(fractionOf(text), fraction(100n))))
}
