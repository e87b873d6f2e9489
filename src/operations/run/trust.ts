// How far curves can be trusted, each by itself and all of a method together: bands by resampling, errors on people
// they have not seen, and what the top cases do to them. In slices, so that a run can tell how far it is. All of it is
// of the curves as they were fitted, before a table's adjustments: what they say is set against what people cost, in
// the same prices.

import type { RefusedPart } from '../../contract/calibration/figures.ts'
import type { TrustRequest } from '../../contract/calibration/run-request.ts'
import type {
  BandsResult,
  CombinedTrust,
  CurveTrust,
  JointBandsResult,
} from '../../contract/calibration/trust.ts'
import { Refusal } from '../../contract/refusal.ts'
import { bands as bandsOf, startBootstrap } from '../../domain/calibration/trust/bootstrap.ts'
import { crossValidateJointly } from '../../domain/calibration/trust/cross-validation.ts'
import {
  advanceJointly,
  jointBands,
  jointlyFinished,
  startJointly,
} from '../../domain/calibration/trust/joint-bootstrap.ts'
import { leaveOneOut } from '../../domain/calibration/trust/leave-one-out.ts'
import type { TrustInput } from '../../domain/calibration/trust/refitting.ts'
import { present } from '../../domain/present.ts'
import { problemOf } from './stored-run.ts'

const SLICE = 50
const GRID = 40

/** Calls `work`; a rule's refusal becomes a part of the result. */
export function fittedOrRefused<T extends object>(work: () => T): Fitted<T> | RefusedPart {
  try {
    return fitted(work())
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusedPart(error)
  }
}

type Fitted<T> = T & { readonly outcome: 'fitted' }

function fitted<T extends object>(found: T): Fitted<T> {
  return { outcome: 'fitted', ...found }
}

/** Why something could not be calculated, as part of the result. */
export function refusedPart(refusal: Refusal): RefusedPart {
  return { outcome: 'refused', ...problemOf(refusal) }
}

/** What is known of each curve, in the order of the curves, and of all of them together. */
export type Trust = {
  readonly curves: readonly Omit<CurveTrust, 'userGroups'>[]
  readonly combined: CombinedTrust
}

/** Yields resamples drawn so far. One input a curve. */
export function* trustOf(inputs: readonly TrustInput[], request: TrustRequest): Generator<number, Trust> {
  const { seed, crossValidation } = request
  const { bands, combined } = yield* resampledBands(inputs, request)
  const validated = fittedOrRefused(() => crossValidateJointly(inputs, { seed, ...crossValidation }))
  const isRefused = validated.outcome === 'refused'
  return {
    curves: inputs.map((input, i) => ({
      bootstrap: present(bands[i]),
      crossValidation: isRefused ? validated : fitted(present(validated.parts[i])),
      leaveOneOut: fittedOrRefused(() => ({ cases: leaveOneOut(input) })),
    })),
    combined: {
      bootstrap: combined,
      crossValidation: isRefused ? validated : fitted(validated.whole),
    },
  }
}

type AllBands = { readonly bands: readonly BandsResult[]; readonly combined: JointBandsResult }

// A curve that cannot be resampled leaves the others theirs, and takes away what they give together.
function* resampledBands(
  inputs: readonly TrustInput[],
  { seed, resamples }: TrustRequest,
): Generator<number, AllBands> {
  const started = inputs.map((input) =>
    fittedOrRefused(() => startBootstrap({ ...input, seed, resamples, grid: gridOf(input.scaleMaximum) })),
  )
  let state = startJointly(started.flatMap((one) => (one.outcome === 'refused' ? [] : one)))
  while (!jointlyFinished(state)) {
    state = advanceJointly(state, SLICE)
    yield state.totals.length + state.failed.length
  }
  const found = state.groups.values()
  const own = started.map((one) =>
    one.outcome === 'refused' ? one : fitted(bandsOf(present(found.next().value))),
  )
  const refused = started.find((one) => one.outcome === 'refused')
  return { bands: own, combined: refused ?? fitted(jointBands(state)) }
}

function gridOf(scaleMaximum: number): readonly number[] {
  const points = Array.from({ length: GRID + 1 }, (_, i) => Math.floor((i * scaleMaximum) / GRID))
  return [...new Set(points)]
}
