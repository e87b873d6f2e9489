// What a command of the command line is given beside its arguments, and how it ends. What went wrong is told in one line:
// a stack is for mistakes of the program.
import { ConfigurationError } from '../config.ts'
import { sqlState } from '../store/database.ts'
import { CommandRefused } from '../store/registration.ts'
import { UsageError } from './arguments.ts'

export type Io = {
  /** Undefined: the environment of the process. */
  readonly env: Readonly<Record<string, string>> | undefined
  /** For standard output. */
  print(line: string): void
  /** For the person who looks on, on standard error. */
  note(line: string): void
}

export type ExitCode = 0 | 1 | 2

export const TERMINAL: Io = {
  env: undefined,
  print: (line) => console.log(line),
  note: (line) => console.error(line),
}

/** Does the work; what is refused is told in one line. 2 for a wrong command line, 1 for all else that is refused. */
export async function exitCodeOf(io: Io, work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work()
    return 0
  } catch (error) {
    const words = wordsFor(error)
    if (words === null) throw error
    io.note(`openras: ${words.replaceAll(/\s*\n\s*/g, ' ')}`)
    return error instanceof UsageError ? 2 : 1
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'Check the name and password in MIGRATION_DATABASE_URL.',
  '28000': 'Check the name in MIGRATION_DATABASE_URL and the server’s pg_hba.conf.',
  '3D000': 'Create the database first, or correct its name in MIGRATION_DATABASE_URL.',
  '42501':
    'MIGRATION_DATABASE_URL must name the role that ran "npm run migrate" first: it may create roles and may create in the database.',
  '22023': 'If it is openras_owner that is missing, run "npm run migrate" first.',
  '42P01': 'Run "npm run migrate" first.',
  '3F000': 'Run "npm run migrate" first.',
  '42883': 'Run "npm run migrate" first.',
  '57014': 'Something else holds the tables. Run it again when that has ended.',
  '55P03': 'Something else holds the tables. Run it again when that has ended.',
}

const NETWORK = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/

// Null for a mistake of the program.
function wordsFor(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (error instanceof CommandRefused || error instanceof UsageError || error instanceof ConfigurationError)
    return error.message
  const state = sqlState(error)
  if (state !== undefined)
    return `PostgreSQL says: ${error.message} (${state}). ${ADVICE[state] ?? ''}`.trim()
  const code = 'code' in error ? String(error.code) : ''
  if (NETWORK.test(code))
    return `The database of MIGRATION_DATABASE_URL cannot be reached (${code}). Check its host and port, and that it runs.`
  if (code === 'ERR_INVALID_URL' || error instanceof URIError)
    return 'A database URL cannot be read. Expected postgres://name:password@host:port/database.'
  if (/timeout|terminated|SSL|password must be/i.test(error.message))
    return `The database of MIGRATION_DATABASE_URL does not answer as it should: ${error.message}. Check its host, port and sslmode.`
  if (/corrupted migrations/.test(error.message)) return error.message
  return null
}
