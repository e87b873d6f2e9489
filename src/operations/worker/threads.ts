// Gives work to threads of their own and waits for it; whoever no longer wants a result can stop it at any time. Loading
// what a thread works with takes longer than most work, so that one that ended well is kept a while for the next.
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { Refusal } from '../../contract/refusal.ts'
import type { Progress } from '../run/computation.ts'
import type { Done, Order, WorkMessage, Works } from './worker.ts'

export type Work<T> = {
  /** Rejects with the rule's refusal, with what broke in the thread, or with `WorkStopped`. */
  readonly result: Promise<T>
  /** Ends the thread, unless its work has ended: it may be at another's by now. */
  stop(): Promise<void>
}

export class WorkStopped extends Error {
  override readonly name = 'WorkStopped'
}

export type Threads = {
  start<K extends keyof Works>(
    kind: K,
    input: Works[K]['input'],
    onProgress?: (progress: Progress) => void,
  ): Work<Works[K]['output']>
  /** Ends those that wait. Those at work end with it. */
  close(): Promise<void>
}

const MEGABYTE = 2 ** 20

/** A larger input gets a thread with room for it, which ends with its work. */
const SMALL = MEGABYTE

/** A thread that holds more memory than this is not kept. */
const MOST_KEPT = 160 * MEGABYTE

const KEPT_MS = 60_000

export function workThreads(): Threads {
  // One that draws, which takes more memory, and one for all else.
  const waiting = new Map<boolean, { readonly thread: Worker; readonly letGo: () => void }>()
  let closed = false

  function take(draws: boolean): Worker | null {
    const found = waiting.get(draws)
    if (found === undefined) return null
    found.letGo()
    found.thread.ref()
    return found.thread
  }

  function keep(draws: boolean, thread: Worker): void {
    const letGo = () => {
      clearTimeout(end)
      thread.off('error', letGo).off('exit', letGo)
      waiting.delete(draws)
    }
    const end = setTimeout(() => void thread.terminate(), KEPT_MS)
    thread.on('error', letGo).on('exit', letGo)
    // Neither the thread nor its end is a reason for the process to go on.
    end.unref()
    thread.unref()
    waiting.set(draws, { thread, letGo })
  }

  return {
    start(kind, input, onProgress = () => {}) {
      const draws = kind === 'rendering'
      const size = sizeOf(input)
      const small = size <= SMALL
      const thread = (small ? take(draws) : null) ?? startThread(roomFor(Math.max(SMALL, size), draws))
      let atWork = true
      const work = async () => {
        let held = Number.POSITIVE_INFINITY
        try {
          const done = await ordered(thread, { kind, input }, onProgress)
          held = done.heapBytes
          if ('refused' in done) throw refusalOf(done.refused)
          return done.output as Works[typeof kind]['output']
        } finally {
          atWork = false
          if (!closed && small && held <= MOST_KEPT && !waiting.has(draws)) keep(draws, thread)
          else await thread.terminate()
        }
      }
      return {
        result: work(),
        async stop() {
          if (atWork) await thread.terminate()
        },
      }
    },

    async close() {
      closed = true
      await Promise.all([...waiting.values()].map(({ thread }) => thread.terminate()))
    },
  }
}

function startThread(resourceLimits: ResourceLimits): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits })
}

/** About how many bytes there are to work on: a cohort, the people of a run, or a caseload. */
function sizeOf(input: Works[keyof Works]['input']): number {
  if ('rows' in input) return input.rows.length * 200
  return 'persons' in input ? input.persons.length : input.parts.reduce((sum, { length }) => sum + length, 0)
}

/**
 * How much memory a thread may take for a cohort: many times what it needs. V8 collects the sooner the nearer its limit,
 * and without one it lets garbage grow by the size of the machine: for 200,000 rows, a quarter of the memory that the
 * whole service was to stay within.
 */
function roomFor(bytes: number, draws: boolean): ResourceLimits {
  // What draws brings its libraries, and a workbook is as large as all its cells.
  const program = draws ? 384 : 256
  return { maxOldGenerationSizeMb: program + 12 * Math.ceil(bytes / MEGABYTE), maxYoungGenerationSizeMb: 12 }
}

async function ordered<K extends keyof Works>(
  thread: Worker,
  order: Order<K>,
  onProgress: (progress: Progress) => void,
): Promise<Done> {
  const { promise, resolve, reject } = Promise.withResolvers<Done>()
  const tell = (message: WorkMessage) => {
    if ('progress' in message) onProgress(message.progress)
    else resolve(message)
  }
  const stopped = () => reject(new WorkStopped('the thread has ended'))
  thread.on('message', tell).on('error', reject).on('exit', stopped)
  // A cohort is handed over and not copied.
  const handed = 'parts' in order.input ? order.input.parts.map(({ buffer }) => buffer) : []
  thread.postMessage(order, handed)
  try {
    return await promise
  } finally {
    thread.off('message', tell).off('error', reject).off('exit', stopped)
  }
}

function refusalOf({ code, detail, faults }: Extract<Done, { refused: unknown }>['refused']): Refusal {
  return new Refusal(code, detail, { faults })
}
