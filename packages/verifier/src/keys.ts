// Which keys a checkpoint has to be signed by. One key is known beforehand; each change of the log's key is an event of
// the log, and the first note after it is signed by both.
import type { Key } from './note.ts'

/** `index` is of the event; `replaced` signs no checkpoint after it. */
export type KeyChange = { readonly index: number; readonly replaced: Key; readonly key: Key }

export class LogKeys {
  readonly #known: Key
  #changes: KeyChange[] = []
  /** How many changes the signatures so far lead through, seen from the known key. */
  #accepted = 0

  constructor(known: Key) {
    this.#known = known
  }

  /** The first key of the log, as far as the bundle tells, and those that followed it. */
  get all(): readonly Key[] {
    const [first] = this.#changes
    return first === undefined ? [this.#known] : [first.replaced, ...this.#changes.map(({ key }) => key)]
  }

  /** False where the change does not follow the one before it. */
  add(change: KeyChange): boolean {
    const before = this.#changes.at(-1)
    if (before !== undefined && before.key.vkey !== change.replaced.vkey) return false
    this.#changes.push(change)
    return true
  }

  /** Those that have to sign a checkpoint of this size; none where the known key is not one of the log's. */
  signersAt(size: number): readonly Key[] {
    const keys = this.all
    const known = keys.findIndex(({ vkey }) => vkey === this.#known.vkey)
    if (known === -1) return []
    const current = this.#changes.filter(({ index }) => index < size).length
    // Up to the known key, what it has signed vouches for those before it; beyond, each is vouched for by the last.
    const trusted = Math.max(known, this.#accepted)
    return keys.slice(Math.min(trusted, current), current + 1)
  }

  /** Said of a checkpoint that all of these have signed. */
  accept(size: number): void {
    this.#accepted = Math.max(this.#accepted, this.#changes.filter(({ index }) => index < size).length)
  }
}
