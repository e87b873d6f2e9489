// Works off calibration runs: claims one that waits or whose runner has gone silent, computes it in a thread, and
// writes its end. Any replica may have a runner. Whoever adds the next step holds the run; a runner that fails to has
// lost it, to another or to a cancellation, and stops.
import { randomUUID } from 'node:crypto'
import { Refusal } from '../../contract/refusal.ts'
import { findRun, type StoredRun, takeRunStep } from '../../store/calibration-runs.ts'
import type { Database } from '../../store/database.ts'
import { type Log, openLog } from '../../store/log.ts'
import { type PollingLoop, startPollingLoop } from '../../store/polling-loop.ts'
import { type Threads, type Work, WorkStopped } from '../worker/threads.ts'
import type { Progress } from './computation.ts'
import { endRun, hasEnded, type RunEnd } from './end-run.ts'
import { loadRun } from './load-run.ts'
import { problemOf } from './stored-run.ts'

export type CalibrationRunner = PollingLoop

export type RunnerOptions = {
  readonly threads: Threads
  /** Told of everything that is not the fault of a run. */
  readonly onError: (error: unknown) => void
  readonly tickMs?: number
  /** How long a runner may be silent before another takes over. */
  readonly leaseMs?: number
}

/** A run that ended three runners is not given to a fourth. */
const MOST_ATTEMPTS = 3

/** Looks for runs until stopped. A run that is stopped half-way is put back, for the next runner to begin again. */
export function startCalibrationRunner(
  database: Database,
  { threads, onError, tickMs = 1_000, leaseMs = 15_000 }: RunnerOptions,
): CalibrationRunner {
  const log = openLog(database)
  let current: Held | null = null

  async function next(stopping: AbortSignal): Promise<boolean> {
    const [waiting] = await database.waitingRuns(1)
    if (waiting === undefined) return false
    const claimed = await claim(database, log, waiting.authorityId, waiting.runId, leaseMs)
    if (claimed === null) return true
    current = claimed
    if (stopping.aborted) await claimed.giveBack()
    else await workOn(database, threads, claimed, onError)
    current = null
    return true
  }

  const loop = startPollingLoop(next, { waitMs: tickMs, onError })
  return {
    async stop() {
      const ended = loop.stop()
      await current?.giveBack()
      await ended
    },
  }
}

/** A run that this runner holds: its steps are added one after the other. */
type Held = {
  readonly authorityId: string
  readonly run: StoredRun
  readonly attempt: number
  readonly leaseMs: number
  /** Says how far it is, which also keeps the lease; false where it is lost. */
  tell(progress: Progress): Promise<boolean>
  end(end: RunEnd): Promise<void>
  giveBack(): Promise<void>
  givenBack: boolean
  work: Work<unknown> | null
}

async function claim(
  database: Database,
  log: Log,
  authorityId: string,
  runId: string,
  leaseMs: number,
): Promise<Held | null> {
  const runner = randomUUID()
  const found = await database.asAuthority(authorityId, (trx) => findRun(trx, runId))
  if (found === null || found.state !== 'queued') return null
  const attempt = found.attempt + 1
  // Steps wait for each other: each takes the number after the last.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
  const take = (progress: Progress, counted = { attempt, leaseMs }) =>
    inTurn(() => takeRunStep(database, authorityId, runId, { runner, ...counted, ...progress }))
  if (!(await take(STARTING))) return null
  const held: Held = {
    authorityId,
    run: found,
    attempt,
    leaseMs,
    work: null,
    givenBack: false,
    tell: take,
    end: (end) => inTurn(() => endRun(log, authorityId, found, end)),
    async giveBack() {
      held.givenBack = true
      await held.work?.stop()
      // A restart is no fault of the run, and is not counted against it.
      await take(STARTING, { attempt: attempt - 1, leaseMs: 0 }).catch(() => {})
    },
  }
  return held
}

const STARTING: Progress = { stage: 'starting', done: 0, total: 1 }

async function workOn(
  database: Database,
  threads: Threads,
  held: Held,
  onError: (error: unknown) => void,
): Promise<void> {
  if (held.attempt > MOST_ATTEMPTS) return finish(held, { failed: TOO_OFTEN })
  let heartbeat: NodeJS.Timeout | undefined
  let lost = false
  try {
    const input = await loadRun(database, held.authorityId, held.run)
    if (held.givenBack) return
    let latest = STARTING
    let told = latest
    const work = threads.start('run', input, (progress) => {
      latest = progress
    })
    held.work = work
    let telling = false
    let silentSince = Date.now()
    const beat = async () => {
      const due = Date.now() - silentSince > held.leaseMs / 3
      if (telling || (latest === told && !due)) return
      telling = true
      told = latest
      silentSince = Date.now()
      try {
        if (!(await held.tell(latest))) {
          lost = true
          await work.stop()
        }
      } catch (error) {
        onError(error)
      }
      telling = false
    }
    heartbeat = setInterval(() => void beat(), Math.min(1_000, held.leaseMs / 6))
    const output = await work.result
    clearInterval(heartbeat)
    await finish(held, { output })
  } catch (error) {
    clearInterval(heartbeat)
    if (lost || error instanceof WorkStopped) return
    if (error instanceof Refusal) return finish(held, { failed: problemOf(error) })
    onError(error)
    await finish(held, { failed: BROKEN })
  } finally {
    await held.work?.stop()
  }
}

// Cancelled, or taken over, in the last moment: then that is how it ends.
async function finish(held: Held, end: RunEnd): Promise<void> {
  try {
    await held.end(end)
  } catch (error) {
    if (!hasEnded(error)) throw error
  }
}

const BROKEN = {
  code: 'internal-error',
  detail: 'The service made a mistake in this run. Tell the operators its id.',
  errors: [],
} as const

const TOO_OFTEN = {
  code: 'internal-error',
  detail: `The run was started ${MOST_ATTEMPTS} times and never finished. Tell the operators its id.`,
  errors: [],
} as const
