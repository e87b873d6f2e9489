// Malformed request bodies, derived from a valid one by a seeded generator: each is invalid by construction.
// Names open with the kind: `json` (the strict parser must refuse it), `schema` (well-formed JSON that says
// something wrong) or `content-type` (a valid body under a wrong header).
import { type HostileBody, placesOf, type Subject } from './mutation.ts'
import { mutations } from './mutations.ts'

export type { HostileBody } from './mutation.ts'

export type HostileOptions = {
  /** Members that may be left out or null: they are never removed, nor set to null. */
  readonly optionalPointers?: readonly string[]
}

/** Yields `count` hostile bodies; the same body, count, seed and options always give the same bytes. */
export function* hostileBodies(
  validBody: object,
  count: number,
  seed: number,
  options: HostileOptions = {},
): Generator<HostileBody> {
  const subject: Subject = {
    body: validBody,
    text: JSON.stringify(validBody),
    places: placesOf(validBody),
    optional: new Set(options.optionalPointers),
    random: mulberry32(seed),
  }
  for (let made = 0, turn = 0; made < count; turn++) {
    // A mutation answers undefined when this body has no place for it, and the next takes its turn.
    const hostile = mutations[turn % mutations.length]?.(subject)
    if (!hostile) continue
    made++
    yield hostile
  }
}

function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
