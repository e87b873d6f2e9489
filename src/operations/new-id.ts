// Ids that say when they were made (UUIDv7), in the order in which they were. The library's own keep to the latest time
// that they ever saw: a clock that was once ten years ahead would be believed until the process ends.
import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'

// Of 32 bits: a random start in the lower half leaves room for the ids of one millisecond.
const STARTS = 2 ** 31

/** A clock that was set back by less is waited for, so that order is kept. */
const PATIENCE_MS = 1_000

/** Makes ids by a clock, in milliseconds. */
export function idsBy(clock: () => number): () => string {
  let msecs = Number.NEGATIVE_INFINITY
  let seq = 0
  return () => {
    const now = clock()
    if (now > msecs || now < msecs - PATIENCE_MS) {
      msecs = now
      seq = randomInt(STARTS)
    } else seq += 1
    return v7({ msecs, seq })
  }
}

export const newId = idsBy(() => Date.now())
