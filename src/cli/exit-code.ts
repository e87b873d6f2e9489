// What a command of the command line is given beside its arguments, and how it ends.
import { UsageError } from './arguments.ts'
import { wordsFor } from './failure.ts'

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
