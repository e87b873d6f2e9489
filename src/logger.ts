// The log: structured, one line a request, and never a body, a header, an address with anything in it, or a value
// that the database quotes in an error. What identifies a person is therefore not redacted but never there.
import pg from 'pg'
import pino, { type DestinationStream, type Logger } from 'pino'

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
    // A second net, for whoever logs an object whole.
    redact: { paths: SENSITIVE, censor: '[redacted]' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

const NAMES = [
  'authorization',
  'personRef',
  'assessmentRef',
  'assessorRef',
  'teamRef',
  'answers',
  'body',
  'password',
  'secret',
]
const SENSITIVE = NAMES.flatMap((name) => [name, `*.${name}`])

/** An error as the log may have it. PostgreSQL's messages quote values; its codes and constraints do not. */
function describeError(error: unknown): object {
  if (error instanceof pg.DatabaseError) {
    const { code, constraint, table, routine } = error
    return { type: 'DatabaseError', code, constraint, table, routine, stack: framesOf(error) }
  }
  if (!(error instanceof Error)) return { type: typeof error }
  return { type: error.name, message: error.message, stack: framesOf(error) }
}

function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
}
