// A run as callers see it; its results are had beside it.
import type { StoredRun } from '../../store/calibration-runs.ts'
import type { CompleteRequest } from './run-request.ts'

export function runView(run: StoredRun) {
  const { id, cohortId, engineVersion, createdAt, createdBy, step } = run
  const { state, stage, done, total, attempt, problem } = step
  return {
    id,
    cohortId,
    state,
    progress: state === 'running' ? { stage, done, total } : null,
    attempt,
    problem: problem === null ? null : (JSON.parse(problem) as object),
    request: JSON.parse(run.request) as CompleteRequest,
    engineVersion,
    createdAt,
    createdBy,
  }
}
