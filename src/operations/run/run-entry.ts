// What the log holds of a run's beginning and of its cancellation: the body is the answer.
import type { EventKind } from '../../contract/event.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { RunState, StoredRun } from '../../store/calibration-runs.ts'
import type { Transaction } from '../../store/database.ts'
import type { Entry, StoredEvent } from '../write-once.ts'
import { runView } from './run-view.ts'

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
