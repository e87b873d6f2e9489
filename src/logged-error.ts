// An error as the log may have it. Libraries and databases quote in their messages what they were given, and that may
// be a person's; our own sentences are written here, and say nothing of anybody.
import { fileURLToPath } from 'node:url'

const OURS = fileURLToPath(new URL('.', import.meta.url))

/** Its class, its code and where it was thrown; its message only where it is one of our own. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const stack = framesOf(error)
  const { code, constraint, table, routine } = error as unknown as Readonly<Record<string, unknown>>
  const { name, constructor: made } = error
  return {
    // One that comes from a thread has lost its class, and kept its name.
    type: nameIn(made === Error ? name : made.name),
    code: nameIn(code),
    // What PostgreSQL says of a value that it refuses, beside quoting it: names of the schema.
    constraint: nameIn(constraint),
    table: nameIn(table),
    routine: nameIn(routine),
    ...(isOurs(error, stack) && { message: error.message }),
    stack,
  }
}

/** A name of a program, or the code of an SQL error: anything else may be a text of somebody's. */
function nameIn(found: unknown): string | undefined {
  const isName = typeof found === 'string' && /^(?:[A-Za-z_]\w{0,62}|[0-9A-Z]{5})$/.test(found)
  return isName ? found : undefined
}

const BUILT_IN: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis))

// The engine throws from our lines too, and quotes what it found there; but never what is a plain Error.
function isOurs({ constructor: made }: Error, [thrown = '']: readonly string[]): boolean {
  const isPlain = made === Error || !BUILT_IN.has(made.name)
  return isPlain && thrown.includes(OURS) && !thrown.includes('node_modules')
}

const FRAME = /^at (?:[^()]* \()?(?:(?:file:\/\/|node:|\/).*:\d+:\d+|<anonymous>|index \d+)\)?$/

function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message)
  // A message may have lines that look like these.
  const after = at === -1 ? stack : stack.slice(at + message.length)
  const lines = after.split('\n').map((line) => line.trim())
  const last = lines.findLastIndex((line) => line !== '' && !FRAME.test(line))
  return lines.slice(last + 1).filter((line) => line !== '')
}
