// Starts work in a thread of its own and waits for it; whoever no longer wants the result can stop it at any time.
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { Refusal } from '../../contract/refusal.ts'
import type { Progress } from '../run/computation.ts'
import type { Order, WorkMessage, Works } from './worker.ts'

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
  const thread = startThread(partsOf(input))
  return {
    result: ordered(thread, { kind, input }, onProgress).finally(() => thread.terminate()),
    async stop() {
      await thread.terminate()
    },
  }
}

function startThread(parts: readonly Uint8Array[]): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: parts.length === 0 ? {} : roomFor(parts),
  })
}

function partsOf(input: Works[keyof Works]['input']): readonly Uint8Array<ArrayBuffer>[] {
  return 'parts' in input ? input.parts : []
}

async function ordered<K extends keyof Works>(
  thread: Worker,
  order: Order<K>,
  onProgress: (progress: Progress) => void,
): Promise<Works[K]['output']> {
  const { promise, resolve, reject } = Promise.withResolvers<Works[K]['output']>()
  const tell = (message: WorkMessage) => {
    if ('progress' in message) onProgress(message.progress)
    else if ('output' in message) resolve(message.output as Works[K]['output'])
    else reject(refusalOf(message.refused))
  }
  const stopped = () => reject(new WorkStopped('the thread has ended'))
  thread.on('message', tell).on('error', reject).on('exit', stopped)
  // A cohort is handed over and not copied.
  thread.postMessage(
    order,
    partsOf(order.input).map(({ buffer }) => buffer),
  )
  try {
    return await promise
  } finally {
    thread.off('message', tell).off('error', reject).off('exit', stopped)
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

/** WorkerPool for requests that wait for their answer: so many at once, and no more. */
export type WorkerPool = {
  /** Rejects with `WorkersBusy` where all are taken. */
  run<K extends Exclude<keyof Works, 'run'>>(kind: K, input: Works[K]['input']): Promise<Works[K]['output']>
}

export class WorkersBusy extends Error {
  override readonly name = 'WorkersBusy'
}

/** How long a thread that draws is kept for the next drawing. Loading what it draws with takes longer than drawing. */
const KEPT_MS = 60_000

export function workerPool(most: number): WorkerPool {
  let taken = 0
  let kept: { readonly thread: Worker; readonly letGo: () => void } | undefined

  function keptOr(start: () => Worker): Worker {
    if (kept === undefined) return start()
    const { thread, letGo } = kept
    letGo()
    thread.ref()
    return thread
  }

  async function keep(thread: Worker): Promise<void> {
    if (kept !== undefined) {
      await thread.terminate()
      return
    }
    const letGo = () => {
      clearTimeout(end)
      thread.off('error', letGo).off('exit', letGo)
      kept = undefined
    }
    const end = setTimeout(() => void thread.terminate(), KEPT_MS)
    thread.on('error', letGo).on('exit', letGo)
    // Neither the thread nor its end is a reason for the process to go on.
    end.unref()
    thread.unref()
    kept = { thread, letGo }
  }

  return {
    async run(kind, input) {
      if (taken >= most) throw new WorkersBusy('all threads are taken')
      taken += 1
      const start = () => startThread(partsOf(input))
      const thread = kind === 'rendering' ? keptOr(start) : start()
      let sound = false
      try {
        const output = await ordered(thread, { kind, input }, () => {})
        sound = true
        return output
      } finally {
        taken -= 1
        if (sound && kind === 'rendering') await keep(thread)
        else await thread.terminate()
      }
    },
  }
}

function refusalOf({ code, detail, faults }: Extract<WorkMessage, { refused: unknown }>['refused']) {
  return new Refusal(code, detail, { faults })
}
