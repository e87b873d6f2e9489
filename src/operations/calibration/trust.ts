// How far a curve can be trusted: bands by resampling, errors on people it has not seen, and what the top cases do to
// it. In slices, so that a run can tell how far it is.
import { advance, bands, finished, startBootstrap } from '../../domain/calibration/bootstrap.ts'
import { crossValidate } from '../../domain/calibration/cross-validation.ts'
import { leaveOneOut } from '../../domain/calibration/leave-one-out.ts'
import type { TrustInput } from '../../domain/calibration/resampling/quick-calibration.ts'
import { DomainError } from '../../domain/errors.ts'
import type { TrustRequest } from './run-request.ts'

const SLICE = 50
const GRID = 40

/** A refusal inside a result: this part could not be had, and why. */
export type Refused = {
  readonly refused: {
    readonly code: string
    readonly detail: string
    readonly errors: DomainError['faults']
  }
}

/** Calls `work`; a rule's refusal becomes a part of the result. */
export function orRefused<T>(work: () => T): T | Refused {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { refused: { code: error.code, detail: error.message, errors: error.faults } }
  }
}

/** Yields resamples drawn so far. */
export function* trustOf(
  input: TrustInput,
  request: TrustRequest,
): Generator<number, Readonly<Record<string, unknown>>> {
  const { seed, resamples, crossValidation } = request
  const started = orRefused(() =>
    startBootstrap({ ...input, seed, resamples, grid: gridOf(input.scaleMaximum) }),
  )
  let bootstrap: unknown = started
  if (!('refused' in started)) {
    let state = started
    while (!finished(state)) {
      state = advance(state, SLICE)
      yield state.rows.length + state.failed.length
    }
    bootstrap = bands(state)
  }
  return {
    bootstrap,
    crossValidation: orRefused(() => crossValidate({ ...input, seed, ...crossValidation })),
    leaveOneOut: orRefused(() => leaveOneOut(input)),
  }
}

function gridOf(scaleMaximum: number): readonly number[] {
  const points = Array.from({ length: GRID + 1 }, (_, i) => Math.floor((i * scaleMaximum) / GRID))
  return [...new Set(points)]
}
