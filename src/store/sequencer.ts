// Keeps the log going: gives indices to committed events, a tick at a time. Every replica may run it; the database
// lets one at a time work, and its keys make a second harmless.

import type { Database } from './database.ts'
import { type PollingLoop, startPollingLoop } from './polling-loop.ts'

const TICK_MS = 200
const MOST_A_TICK = 20_000

/**
 * Ticks until stopped. A tick that fails is told and tried again: the events wait in the database. `then` is done after
 * each, whoever entered what it found: it signs.
 */
export function startSequencer(
  database: Database,
  then: (() => Promise<unknown>) | null,
  onError: (error: unknown) => void,
): PollingLoop {
  const tick = async () => {
    const entered = await database.sequenceEvents(MOST_A_TICK)
    await then?.()
    return entered >= MOST_A_TICK
  }
  return startPollingLoop(tick, { waitMs: TICK_MS, onError })
}
