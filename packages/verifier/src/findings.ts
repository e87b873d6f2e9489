// What can be found. A fault ends the reading: whatever stands behind it is not to be believed.

/** Where a bundle is not what an honest log gives. Lines count from 1; the index is the entry's, where it is of one. */
export class Tampered extends Error {
  readonly line: number
  readonly index: number | null

  constructor(line: number, index: number | null, what: string) {
    super(what)
    this.line = line
    this.index = index
  }
}

/** Why nothing can be said: what was asked for cannot be checked with what was given. */
export class Unusable extends Error {}

export type Finding =
  | { readonly verdict: 'good'; readonly told: readonly string[] }
  | {
      readonly verdict: 'tampered'
      readonly line: number
      readonly index: number | null
      readonly what: string
    }
  | { readonly verdict: 'unusable'; readonly what: string }
