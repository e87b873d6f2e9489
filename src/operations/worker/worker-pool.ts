// Threads for requests that wait for their answer: so many at once, and no more.
import type { Threads } from './threads.ts'
import type { Works } from './worker.ts'

export type WorkerPool = {
  /** Rejects with `WorkersBusy` where all are taken. */
  run<K extends Exclude<keyof Works, 'run'>>(kind: K, input: Works[K]['input']): Promise<Works[K]['output']>
}

export class WorkersBusy extends Error {
  override readonly name = 'WorkersBusy'
}

export function workerPool(threads: Threads, most: number): WorkerPool {
  let taken = 0
  return {
    async run(kind, input) {
      if (taken >= most) throw new WorkersBusy('all threads are taken')
      taken += 1
      try {
        return await threads.start(kind, input).result
      } finally {
        taken -= 1
      }
    },
  }
}
