// How a run ends. Computed: an event whose payload holds the results, and the last step; the lease is the lock, so a
// runner that has lost it fails to add the step, and its results are dropped. Or cancelled, by a caller.
import type { RunProblem } from '../../contract/calibration/figures.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { findRun, insertStep, type StoredRun } from '../../store/calibration-runs.ts'
import type { Database } from '../../store/database.ts'
import type { Log } from '../../store/log.ts'
import { type Entry, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { ResultBytes } from './results.ts'
import {
  encodeProblem,
  type RunFacts,
  runEntry,
  runFacts,
  type WrittenRun,
  writtenRun,
} from './stored-run.ts'

export type RunEnd = { readonly output: ResultBytes } | { readonly failed: RunProblem }

type Ending = RunEnd & { readonly sequence: number; readonly attempt: number }

/** Throws where the lease is lost: `isLostLease` knows that error. */
export async function endRun(log: Log, authorityId: string, run: StoredRun, end: Ending): Promise<void> {
  const { client: clientId, subject: subjectId } = run.createdBy
  await writeOnce(log, {
    by: { authorityId, clientId, subjectId },
    request: null,
    first: 'fresh',
    decide: async () => endEntry(authorityId, run, end),
    onRace: {},
    answer: () => undefined,
  })
}

function endEntry(authorityId: string, run: StoredRun, end: Ending): Entry<RunFacts, string | Uint8Array> {
  const { sequence, attempt } = end
  const { outcome, body, step } = 'output' in end ? doneWith(end.output) : failedWith(end.failed)
  return {
    kind: 'calibration-run-finished',
    facts: runFacts(run, outcome),
    body,
    rows: {
      insert: (trx, { eventId }) =>
        insertStep(trx, authorityId, run.id, { ...step, sequence, attempt, eventId }),
    },
  }
}

function doneWith({ body, resultHash }: ResultBytes) {
  const state = 'done' as const
  return { outcome: { state, resultHash }, body, step: { state } }
}

function failedWith(failed: RunProblem) {
  const state = 'failed' as const
  const problem = encodeProblem(failed)
  return { outcome: { state, problem: failed.code }, body: '{}', step: { state, problem } }
}

/** Refuses `not-found` and `calibration-run-ended`. */
export function cancelRun(
  { database, log }: { readonly database: Database; readonly log: Log },
  by: Writer,
  request: RequestKey,
  id: string,
): Promise<Written<WrittenRun>> {
  const { authorityId } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide() {
      const run = await database.asAuthority(authorityId, (trx) => findRun(trx, id))
      if (run === null) throw notFound()
      refuseEnded(run)
      const step = { ...run.step, state: 'cancelled', sequence: run.step.sequence + 1 } as const
      const cancelled = { ...run, step }
      const { sequence, state, attempt } = step
      return runEntry('calibration-run-cancelled', cancelled, { state }, (trx, eventId) =>
        insertStep(trx, authorityId, id, { sequence, state, attempt, eventId }),
      )
    },
    // The runner tells how far it is at the same time; one of the two comes first.
    onRace: { 'calibration_run_step_*': 'again' },
    attempts: 20,
    answer: writtenRun,
  })
}

function refuseEnded({ step: { state } }: StoredRun): void {
  if (state === 'queued' || state === 'running') return
  throw new Refusal('calibration-run-ended', `The run is already ${state} and cannot be cancelled.`)
}
