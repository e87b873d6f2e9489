// Keeps the log going: gives indices to committed events, a tick at a time. Every replica may run it; the database
// lets one at a time work, and its keys make a second harmless.
import type { Database } from './database.ts'

const TICK_MS = 200
const MOST_A_TICK = 20_000

export type Sequencer = { stop(): Promise<void> }

/** Ticks until stopped. A tick that fails is told and tried again: the events wait in the database. */
export function startSequencer(database: Database, onError: (error: unknown) => void): Sequencer {
  let stopped = false
  let wake: () => void = () => {}

  async function run(): Promise<void> {
    while (!stopped) {
      const entered = await database.sequenceEvents(MOST_A_TICK).catch((error: unknown) => {
        onError(error)
        return 0
      })
      if (entered < MOST_A_TICK && !stopped) await pause()
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TICK_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
