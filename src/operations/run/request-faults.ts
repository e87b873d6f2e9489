// What can be refused of a request without a cohort's rows is refused at once, and not an hour later: everything that is
// wrong with it together.

import type { Bounds, CompleteMethod } from '../../contract/calibration/method.ts'
import type { CompleteRequest, RunRequest } from '../../contract/calibration/run-request.ts'
import { type Fault, faultsIn, pointerSegment, Refusal } from '../../contract/refusal.ts'
import { checkBudget } from '../../domain/calibration/budget/budget.ts'
import { checkBands, checkCostBands } from '../../domain/calibration/cohort/bands.ts'
import { checkExclusion } from '../../domain/calibration/cohort/exclusion.ts'
import { checkMix } from '../../domain/calibration/cohort/representativeness.ts'
import { sampleSize } from '../../domain/calibration/cohort/sampling.ts'
import { reasonableness } from '../../domain/calibration/effects/reasonableness.ts'
import { scenarios } from '../../domain/calibration/effects/scenarios.ts'
import { checkBoundedLine } from '../../domain/calibration/methods/bounded-line.ts'
import { checkBounds } from '../../domain/calibration/methods/method-input.ts'
import { hundredthsIn } from '../../domain/number/decimal-fraction.ts'
import { bandsOf, costBandsOf } from './run-request.ts'

/** Refuses with every fault. `userGroups` are those that the cohort's questionnaire has. */
export function checkRequest(
  asked: RunRequest,
  complete: CompleteRequest,
  userGroups: ReadonlySet<string>,
): void {
  const {
    budget,
    costBands,
    pointsBands,
    exclusions,
    methods,
    sampling,
    scenarios: moves,
    tolerance,
  } = complete
  const faults = [
    ...faultsOf(() => checkBudget(budget, '/budget')),
    ...methods.flatMap((method, i) => methodFaults(method, `/methods/${i}`, asked.methods[i]?.bounds)),
    ...(asked.bounds === undefined ? [] : boundsFaults(asked.bounds, '')),
    ...faultsOf(() => checkCostBands(costBandsOf(costBands), '/costBands')),
    ...faultsOf(() => checkBands(bandsOf(pointsBands), '/pointsBands')),
    ...exclusions.flatMap((rule, i) => faultsOf(() => checkExclusion(rule, `/exclusions/${i}`))),
    ...groupFaults(complete, userGroups),
    ...faultsOf(() => scenarios([], [], moves)),
    ...faultsOf(() => reasonableness([], [], tolerance)),
    ...(sampling === undefined
      ? []
      : [
          ...faultsOf(() => sampleSize(sampling), '/sampling'),
          ...(sampling.mix === undefined ? [] : faultsOf(() => checkMix(sampling.mix ?? {}), '/sampling')),
        ]),
  ]
  const [only] = faults
  if (only === undefined) return
  const detail = faults.length === 1 ? only.detail : faultsIn('The request', faults)
  throw new Refusal('calibration-impossible', detail, { faults })
}

function faultsOf(check: () => unknown, under = ''): readonly Fault[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.faults.map((fault) => ({ ...fault, pointer: `${under}${fault.pointer}` }))
  }
}

function methodFaults(method: CompleteMethod, pointer: string, bounds: Bounds | undefined): readonly Fault[] {
  return [
    ...stepFaults(method, pointer),
    ...(bounds === undefined ? [] : boundsFaults(bounds, pointer)),
    ...(method.method === 'bounded-line' ? faultsOf(() => checkBoundedLine({ pointer }, method)) : []),
  ]
}

// Of the modes of Percentile only one has nodes that lie a step apart.
function stepFaults(method: CompleteMethod, pointer: string): readonly Fault[] {
  if (method.method !== 'percentile' || method.step === undefined || method.mode === 'percent-table')
    return []
  const detail = `The mode ${method.mode ?? 'tie-mean'} has no step. Leave it out, or use the mode percent-table.`
  return [{ pointer: `${pointer}/step`, code: 'parameter-out-of-range', detail }]
}

function boundsFaults({ floor, cap }: Bounds, pointer: string): readonly Fault[] {
  const pence = {
    ...(floor === undefined ? {} : { floor: hundredthsIn(floor) }),
    ...(cap === undefined ? {} : { cap: hundredthsIn(cap) }),
  }
  return faultsOf(() => checkBounds({ ...pence, pointer }))
}

function groupFaults(
  { exclusions, costBands, sampling }: CompleteRequest,
  known: ReadonlySet<string>,
): readonly Fault[] {
  const named = [
    ...exclusions.flatMap((rule, i) =>
      rule.rule === 'user-group'
        ? rule.userGroups.map((name, j) => [name, `/exclusions/${i}/userGroups/${j}`] as const)
        : [],
    ),
    ...Object.keys(costBands.byGroup ?? {}).map(
      (name) => [name, `/costBands/byGroup${pointerSegment(name)}`] as const,
    ),
    ...Object.keys(sampling?.mix ?? {}).map(
      (name) => [name, `/sampling/mix${pointerSegment(name)}`] as const,
    ),
  ]
  return named
    .filter(([name]) => !known.has(name))
    .map(([name, pointer]) => ({
      pointer,
      code: 'user-group-unknown',
      detail: `The questionnaire has no user group "${name}". Name one of: ${[...known].join(', ')}.`,
    }))
}
