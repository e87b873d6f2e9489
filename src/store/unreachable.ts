// The database could not be reached, or did not answer in time: nobody's mistake, and worth another try.

/** `code` is the operating system's, where it had one. Whether a write under way was stored is not known. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
  readonly code: string | undefined

  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.code = (cause as { code?: string } | undefined)?.code
  }
}

// A mistake in what was asked of the driver shows as one of these, before anything is sent.
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError]

/** Whatever the driver threw: its plain errors are lost connections and time-outs, and are named as such. */
export function named(error: unknown, isRefusal: boolean): unknown {
  if (
    isRefusal ||
    !(error instanceof Error) ||
    error instanceof DatabaseUnreachable ||
    MISTAKES.some((mistake) => error instanceof mistake)
  )
    return error
  return new DatabaseUnreachable(KNOWN.has(error.message) ? error.message : UNKNOWN, error)
}

// The driver's own words for what happens to a connection. Others may say more than the log may have.
const KNOWN: ReadonlySet<string> = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Connection terminated',
  'Query read timeout',
])
const UNKNOWN = 'the connection broke, or could not be made'
