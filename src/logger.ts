// The log: structured, one line a request, and never a body, a header, an address with anything in it, or the message of
// an error that others wrote. What identifies a person is therefore not redacted but never there.
import pino, { type DestinationStream, type Logger } from 'pino'
import { describeError } from './logged-error.ts'

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
    hooks: { logMethod: withoutItsMessage },
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

// Logged without words of ours, an error would be logged with its own.
function withoutItsMessage(this: Logger, args: Parameters<pino.LogFn>, log: pino.LogFn): void {
  const [first, ...rest] = args as unknown[]
  const fields = first instanceof Error ? { err: first } : first
  const isBare = rest.length === 0 && (fields as { err?: unknown } | undefined)?.err instanceof Error
  log.apply(this, [fields, ...(isBare ? ['an error'] : rest)] as Parameters<pino.LogFn>)
}
