// Keeps the log going: gives indices to committed events, a tick at a time. Every replica may run it; the database
// lets one at a time work, and its keys make a second harmless.

import type { Database } from './database.ts'
import { type PollingLoop, startPollingLoop } from './polling-loop.ts'

const TICK_MS = 200
const MOST_A_TICK = 20_000

/** Ticks until stopped. A tick that fails is told and tried again: the events wait in the database. */
export function startSequencer(database: Database, onError: (error: unknown) => void): PollingLoop {
  const tick = async () => (await database.sequenceEvents(MOST_A_TICK)) >= MOST_A_TICK
  return startPollingLoop(tick, { waitMs: TICK_MS, onError })
}
