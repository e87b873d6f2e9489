// Work that is never finished: a round of it, then the next. At once while there is more to do, else after a wait that
// a stop cuts short.
import { setTimeout as wait } from 'node:timers/promises'

export type PollingLoop = { stop(): Promise<void> }

export type PollingOptions = {
  readonly waitMs: number
  /** A round that fails is told here, and tried again after the wait. */
  readonly onError: (error: unknown) => void
}

/**
 * Makes rounds until stopped. A round says whether there is more to do at once; its signal says that it is the last,
 * and a stop ends when it has.
 */
export function startPollingLoop(
  round: (stopping: AbortSignal) => Promise<boolean>,
  { waitMs, onError }: PollingOptions,
): PollingLoop {
  const stopping = new AbortController()
  const { signal } = stopping

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const more = await round(signal).catch((error: unknown) => {
        onError(error)
        return false
      })
      if (!more) await wait(waitMs, undefined, { signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
