// A run as callers see it; its results are had beside it.
import type { RunView } from '../../contract/calibration/calibration-run.ts'
import type { StoredRun } from '../../store/calibration-runs.ts'
import { decodeProblem, decodeRequest } from './stored-run.ts'

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
