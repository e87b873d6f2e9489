// A run as the store has it: its texts read and written, the run as callers see it, and what the log holds of its
// beginning and of its cancellation, whose body is the answer.
import type { RunView } from '../../contract/calibration/calibration-run.ts'
import type { RunProblem } from '../../contract/calibration/figures.ts'
import type { CompleteRequest } from '../../contract/calibration/run-request.ts'
import type { Refusal } from '../../contract/refusal.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { RunFacts, StoredRun } from '../../store/calibration-runs.ts'
import type { StoredEvent } from '../write-once.ts'

export function decodeRequest(text: string): CompleteRequest {
  return withReasons(JSON.parse(text) as CompleteRequest)
}

/** An earlier request said nothing of why its rules leave people out. */
export function withReasons<R extends Pick<CompleteRequest, 'exclusions'>>(request: R): R {
  const exclusions = request.exclusions.map((rule) => ({ ...rule, reason: rule.reason ?? NO_REASON }))
  return { ...request, exclusions }
}

const NO_REASON = 'No reason was given.'

/** Why something of a run was refused, as it is told. */
export function problemOf({ code, message, faults }: Refusal): RunProblem {
  return { code, detail: message, errors: faults }
}

/** The run without its results, which are had beside it. */
export function runView(run: StoredRun): RunView {
  const { id, cohortId, engineVersion, createdAt, createdBy, state, progress, attempt, failure } = run
  return {
    id,
    cohortId,
    state,
    progress,
    attempt,
    problem: failure,
    request: decodeRequest(run.request),
    engineVersion,
    createdAt,
    createdBy,
  }
}

/** The id of the run, and the text of it. */
export type WrittenRun = { readonly id: string; readonly text: string }

/** The answer to whoever asked for a run, or cancelled it: the run as it is from then on. */
export function writtenRun(run: StoredRun): WrittenRun {
  return { id: run.id, text: canonicalJson({ ...runView(run), resultHash: null, results: null }) }
}

/** A run as it begins: what its first event tells. */
export function requestedRun({ eventId: id, at, actor, facts }: StoredEvent<RunFacts>): StoredRun {
  const { cohortId, engineVersion = '' } = facts.calibrationRun
  return {
    id,
    cohortId,
    request: canonicalJson(facts.request),
    engineVersion,
    createdAt: at,
    createdBy: actor,
    state: 'queued',
    sequence: 0,
    attempt: 0,
    progress: null,
    failure: null,
    endedBy: null,
  }
}
