// Cancels a calibration run that has not ended.
import { notFound, Refusal } from '../../contract/refusal.ts'
import { findRun, insertStep, type StoredRun } from '../../store/calibration-runs.ts'
import type { Database } from '../../store/database.ts'
import type { Log } from '../../store/log.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import { runEntry, type WrittenRun, writtenRun } from './run-entry.ts'

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
