// How far curves can be trusted, each by itself and all of a method together: bands by resampling, errors on people
// they have not seen, and what the top cases do to them. In slices, so that a run can tell how far it is. All of it is
// of the curves as they were fitted, before a table's adjustments: what they say is set against what people cost, in
// the same prices.

import { Refusal } from '../../contract/refusal.ts'
import { type Bands, bands as bandsOf, startBootstrap } from '../../domain/calibration/trust/bootstrap.ts'
import {
  type CrossValidation,
  crossValidateJointly,
} from '../../domain/calibration/trust/cross-validation.ts'
import {
  advanceJointly,
  type JointBands,
  jointBands,
  jointlyFinished,
  startJointly,
} from '../../domain/calibration/trust/joint-bootstrap.ts'
import { type LeftOut, leaveOneOut } from '../../domain/calibration/trust/leave-one-out.ts'
import type { TrustInput } from '../../domain/calibration/trust/refitting.ts'
import { present } from '../../domain/present.ts'
import type { TrustRequest } from './run-request.ts'

const SLICE = 50
const GRID = 40

/** A refusal inside a result: this part could not be had, and why. */
export type Refused = {
  readonly refused: {
    readonly code: string
    readonly detail: string
    readonly errors: Refusal['faults']
  }
}

/** Calls `work`; a rule's refusal becomes a part of the result. */
export function orRefused<T>(work: () => T): T | Refused {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: { code: error.code, detail: error.message, errors: error.faults } }
  }
}

/** What is known of one curve, in the order of the curves. */
export type CurveTrust = {
  readonly bootstrap: Bands | Refused
  readonly crossValidation: CrossValidation | Refused
  readonly leaveOneOut: readonly LeftOut[] | Refused
}

/** What is known of all curves of a method together, where it has more than one. */
export type CombinedTrust = {
  readonly bootstrap: JointBands | Refused
  readonly crossValidation: CrossValidation | Refused
}

export type Trust = { readonly curves: readonly CurveTrust[]; readonly combined: CombinedTrust }

/** Yields resamples drawn so far. One input a curve. */
export function* trustOf(inputs: readonly TrustInput[], request: TrustRequest): Generator<number, Trust> {
  const { seed, crossValidation } = request
  const { bands, combined } = yield* resampledBands(inputs, request)
  const validated = orRefused(() => crossValidateJointly(inputs, { seed, ...crossValidation }))
  return {
    curves: inputs.map((input, i) => ({
      bootstrap: present(bands[i]),
      crossValidation: 'refused' in validated ? validated : present(validated.parts[i]),
      leaveOneOut: orRefused(() => leaveOneOut(input)),
    })),
    combined: {
      bootstrap: combined,
      crossValidation: 'refused' in validated ? validated : validated.whole,
    },
  }
}

type AllBands = {
  readonly bands: readonly (Bands | Refused)[]
  readonly combined: JointBands | Refused
}

// A curve that cannot be resampled leaves the others theirs, and takes away what they give together.
function* resampledBands(
  inputs: readonly TrustInput[],
  { seed, resamples }: TrustRequest,
): Generator<number, AllBands> {
  const started = inputs.map((input) =>
    orRefused(() => startBootstrap({ ...input, seed, resamples, grid: gridOf(input.scaleMaximum) })),
  )
  let state = startJointly(started.flatMap((one) => ('refused' in one ? [] : one)))
  while (!jointlyFinished(state)) {
    state = advanceJointly(state, SLICE)
    yield state.totals.length + state.failed.length
  }
  const found = state.groups.values()
  const own = started.map((one) => ('refused' in one ? one : bandsOf(present(found.next().value))))
  return { bands: own, combined: started.find((one) => 'refused' in one) ?? jointBands(state) }
}

function gridOf(scaleMaximum: number): readonly number[] {
  const points = Array.from({ length: GRID + 1 }, (_, i) => Math.floor((i * scaleMaximum) / GRID))
  return [...new Set(points)]
}
