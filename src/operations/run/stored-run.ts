// A run as the store has it: its texts read and written, the run as callers see it, and what the log holds of its
// beginning and of its cancellation, whose body is the answer.
import type { RunView } from '../../contract/calibration/calibration-run.ts'
import type { RunProblem } from '../../contract/calibration/figures.ts'
import type { CompleteRequest } from '../../contract/calibration/run-request.ts'
import type { EventKind } from '../../contract/event.ts'
import type { Refusal } from '../../contract/refusal.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { RunState, StoredRun } from '../../store/calibration-runs.ts'
import type { Transaction } from '../../store/database.ts'
import type { Entry, StoredEvent } from '../write-once.ts'

export function encodeRequest(request: CompleteRequest): string {
  return canonicalJson(request)
}

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

export function encodeProblem(problem: RunProblem): string {
  return JSON.stringify(problem)
}

export function decodeProblem(text: string): RunProblem {
  return JSON.parse(text) as RunProblem
}

/** The run without its results, which are had beside it. */
export function runView(run: StoredRun): RunView {
  const { id, cohortId, engineVersion, createdAt, createdBy, step } = run
  const { state, stage, done, total, attempt, problem } = step
  return {
    id,
    cohortId,
    state,
    progress: state === 'running' ? { stage, done, total } : null,
    attempt,
    problem: problem === null ? null : decodeProblem(problem),
    request: decodeRequest(run.request),
    engineVersion,
    createdAt,
    createdBy,
  }
}

/** The id of the run, and the text of it. */
export type WrittenRun = { readonly id: string; readonly text: string }

/** What every event of a run tells: the run, and what became of it. */
export type RunFacts = {
  readonly calibrationRun: Outcome & { readonly id: string; readonly cohortId: string }
}

type Outcome = { readonly state: RunState; readonly [fact: string]: unknown }

export function runEntry(
  kind: EventKind,
  run: StoredRun,
  outcome: Outcome,
  insert: (trx: Transaction, eventId: string) => Promise<void>,
): Entry<RunFacts> {
  return {
    kind,
    facts: runFacts(run, outcome),
    body: canonicalJson({ ...runView(run), resultHash: null, results: null }),
    rows: { insert: (trx, { eventId }) => insert(trx, eventId) },
  }
}

export function runFacts({ id, cohortId }: StoredRun, outcome: Outcome): RunFacts {
  return { calibrationRun: { id, cohortId, ...outcome } }
}

export function writtenRun({ facts, body }: StoredEvent<RunFacts>): WrittenRun {
  return { id: facts.calibrationRun.id, text: body }
}
