// How a run ends: an event whose payload holds the results, and the last step. The lease is the lock: a runner that has
// lost it fails to add the step, and its results are dropped.
import type { RefusalCode } from '../../contract/problems.ts'
import type { Fault } from '../../contract/refusal.ts'
import { insertStep, type StoredRun } from '../../store/calibration-runs.ts'
import type { Log } from '../../store/log.ts'
import { type Entry, writeOnce } from '../write-once.ts'
import type { ResultBytes } from './results.ts'
import { type RunFacts, runFacts } from './run-entry.ts'
import { encodeProblem } from './stored-run.ts'

export type RunProblem = {
  readonly code: RefusalCode
  readonly message: string
  readonly faults: readonly Fault[]
}
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

function failedWith({ code, message, faults }: RunProblem) {
  const state = 'failed' as const
  const problem = encodeProblem({ code, detail: message, errors: faults })
  return { outcome: { state, problem: code }, body: '{}', step: { state, problem } }
}
