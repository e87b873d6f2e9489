// What a command leaves behind on the terminal.

/** `output` and `lines` are for stdout, and all there is on it; `note` is for the person who looks on. */
export type Outcome = {
  readonly output?: string
  readonly lines?: Iterable<string>
  readonly note?: string
}
