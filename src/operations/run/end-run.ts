// How a run ends, once: computed, with an event whose body holds the results, or why there are none; or cancelled, by a
// caller. Whoever comes second is told so, and what they bring is dropped.
import type { RunProblem } from '../../contract/calibration/figures.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { findRun, type RunFacts, type StoredRun } from '../../store/calibration-runs.ts'
import type { Database } from '../../store/database.ts'
import { type Log, obstacle } from '../../store/log.ts'
import { type Entry, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { ResultBytes } from './results.ts'
import { type WrittenRun, writtenRun } from './stored-run.ts'

export type RunEnd = { readonly output: ResultBytes } | { readonly failed: RunProblem }

/** Throws where it has ended already: `hasEnded` knows that error. */
export async function endRun(log: Log, authorityId: string, run: StoredRun, end: RunEnd): Promise<void> {
  const { client: clientId, subject: subjectId } = run.createdBy
  await writeOnce(log, {
    by: { authorityId, clientId, subjectId },
    request: null,
    first: 'fresh',
    decide: async () => endEntry(run, end),
    onRace: {},
    answer: () => undefined,
  })
}

export function hasEnded(error: unknown): boolean {
  return obstacle(error) === ENDED
}

const ENDED = 'event_place'

function endEntry({ id, cohortId }: StoredRun, end: RunEnd): Entry<RunFacts> {
  const kind = 'calibration-run-finished'
  const about = { event: id, place: 'end' }
  if ('output' in end) {
    const { body, resultHash } = end.output
    const calibrationRun = { id, cohortId, state: 'done', resultHash } as const
    return { kind, about, facts: { calibrationRun, outcome: 'done' }, parts: { body } }
  }
  const { failed: failure } = end
  const calibrationRun = { id, cohortId, state: 'failed', problem: failure.code } as const
  return { kind, about, facts: { calibrationRun, outcome: 'failed', failure }, parts: { body: '{}' } }
}

/** What the event of a cancellation says: the run as it then was, so that a retry is answered the same. */
type Cancellation = RunFacts & { readonly run: StoredRun }

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
    async decide(): Promise<Entry<Cancellation>> {
      const run = await database.asAuthority(authorityId, (trx) => findRun(trx, id))
      if (run === null) throw notFound()
      refuseEnded(run)
      const { cohortId } = run
      return {
        kind: 'calibration-run-cancelled',
        about: { event: id, place: 'end' },
        facts: {
          calibrationRun: { id, cohortId, state: 'cancelled' },
          run: { ...run, state: 'cancelled', progress: null },
        },
      }
    },
    // It ended a moment before.
    onRace: { [ENDED]: 'again' },
    answer: ({ facts }) => writtenRun(facts.run),
  })
}

function refuseEnded({ state }: StoredRun): void {
  if (state === 'queued' || state === 'running') return
  throw new Refusal('calibration-run-ended', `The run is already ${state} and cannot be cancelled.`)
}
