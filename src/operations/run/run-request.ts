// What a calibration run is asked for, and how what was left open is filled in before it is stored: a run is
// reproducible from its own request, whatever later releases would assume.

import type { MethodRequest } from '../../contract/calibration/method.ts'
import type {
  BandLimit,
  CompleteRequest,
  CostBandLimits,
  RunRequest,
} from '../../contract/calibration/run-request.ts'
import type { Band, CostBands } from '../../domain/calibration/cohort/bands.ts'
import { hundredthsIn, hundredthsText } from '../../domain/number/decimal-fraction.ts'
import { inPounds, plain } from '../../domain/number/in-words.ts'

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
): readonly BandLimit[] {
  return [
    ...limits.map((below, i) => ({
      label: `${written(limits[i - 1] ?? '0')} to under ${written(below)}${unit}`,
      below,
    })),
    { label: `${written(limits.at(-1) ?? '0')}${unit} and more`, below: null },
  ]
}

/** Bands as the domain takes them: pounds as pence, points as hundredths. */
export function bandsOf(bands: readonly BandLimit[]): readonly Band[] {
  return bands.map(({ label, below }) => ({ label, below: below === null ? null : hundredthsIn(below) }))
}

export function costBandsOf({ all, byGroup = {} }: CostBandLimits): CostBands {
  const own = Object.entries(byGroup).map(([group, bands]) => [group, bandsOf(bands)] as const)
  return { all: bandsOf(all), byGroup: Object.fromEntries(own) }
}
