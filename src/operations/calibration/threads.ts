// Starts work in a thread of its own and waits for it; whoever no longer wants the result can stop it at any time.
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { DomainError } from '../../domain/errors.ts'
import type { Progress } from './computation.ts'
import type { WorkMessage, Works } from './worker.ts'

export type Work<T> = {
  /** Rejects with the rule's refusal, with what broke in the thread, or with `WorkStopped`. */
  readonly result: Promise<T>
  stop(): Promise<void>
}

export class WorkStopped extends Error {
  override readonly name = 'WorkStopped'
}

export function startWork<K extends keyof Works>(
  kind: K,
  input: Works[K]['input'],
  onProgress: (progress: Progress) => void = () => {},
): Work<Works[K]['output']> {
  const parts = 'parts' in input ? input.parts : []
  const thread = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { kind, input },
    // A cohort is handed over and not copied.
    transferList: parts.map(({ buffer }) => buffer),
    resourceLimits: parts.length === 0 ? {} : roomFor(parts),
  })
  const result = new Promise<Works[K]['output']>((resolve, reject) => {
    thread.on('message', (message: WorkMessage) => {
      if ('progress' in message) onProgress(message.progress)
      else if ('output' in message) resolve(message.output as Works[K]['output'])
      else reject(refusalOf(message.refused))
    })
    thread.on('error', reject)
    thread.on('exit', () => reject(new WorkStopped('the thread has ended')))
  })
  return {
    result,
    async stop() {
      await thread.terminate()
    },
  }
}

const MEGABYTE = 2 ** 20

/**
 * How much memory a thread may take for a cohort: many times what it needs. V8 collects the sooner the nearer its limit,
 * and without one it lets garbage grow by the size of the machine: for 200,000 rows, a quarter of the memory that the
 * whole service was to stay within.
 */
function roomFor(parts: readonly Uint8Array[]): ResourceLimits {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  return { maxOldGenerationSizeMb: 256 + 12 * Math.ceil(bytes / MEGABYTE), maxYoungGenerationSizeMb: 12 }
}

/** Threads for requests that wait for their answer: so many at once, and no more. */
export type Threads = {
  /** Rejects with `ThreadsBusy` where all are taken. */
  run<K extends Exclude<keyof Works, 'run'>>(kind: K, input: Works[K]['input']): Promise<Works[K]['output']>
}

export class ThreadsBusy extends Error {
  override readonly name = 'ThreadsBusy'
}

export function threads(most: number): Threads {
  let taken = 0
  return {
    async run(kind, input) {
      if (taken >= most) throw new ThreadsBusy('all threads are taken')
      taken += 1
      const work = startWork(kind, input)
      try {
        return await work.result
      } finally {
        taken -= 1
        await work.stop()
      }
    },
  }
}

function refusalOf({ code, detail, faults }: Extract<WorkMessage, { refused: unknown }>['refused']) {
  return new DomainError(code, detail, faults)
}
