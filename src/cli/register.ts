// Runs one command: most register authorities, clients, subjects and keys; one makes a synthetic council.
import { readConfig } from '../config.ts'
import { asOwner, CommandRefused } from '../store/registration.ts'
import { type Given, readArguments, shown, UsageError, usageOf } from './arguments.ts'
import { COMMANDS, type Command } from './commands.ts'
import { type ExitCode, exitCodeOf, type Io } from './exit-code.ts'
import type { Outcome } from './outcome.ts'

export function openras(args: readonly string[], io: Io): Promise<ExitCode> {
  return exitCodeOf(io, () => obey(args, io))
}

async function obey(args: readonly string[], io: Io): Promise<void> {
  const wanted = args.slice(0, 2).join(' ')
  const command = Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined
  if (args.includes('--help') || args.includes('-h')) return io.print(helpFor(wanted, command))
  if (command === undefined) throw new UsageError(unknownCommand(args))
  await run(wanted, command, args.slice(2), io)
}

async function run(name: string, command: Command, args: readonly string[], io: Io): Promise<void> {
  const given = read(name, command, args)
  const {
    note,
    output,
    lines = [],
  } = 'make' in command ? await command.make(given) : await registered(command, given, io)
  // Only what is committed is shown: a key that was printed works.
  if (note !== undefined) io.note(note)
  if (output !== undefined) io.print(output)
  for (const line of lines) io.print(line)
}

function registered(
  { run }: Extract<Command, { run: unknown }>,
  given: Given,
  { env }: Io,
): Promise<Outcome> {
  const { migrationDatabaseUrl } = readConfig(env)
  if (migrationDatabaseUrl === null) {
    throw new CommandRefused(
      'MIGRATION_DATABASE_URL is not set. Set it as for "npm run migrate": only that role may write credentials.',
    )
  }
  const now = new Date()
  return asOwner(migrationDatabaseUrl, given.one('authority'), (trx) => run(trx, given, now))
}

function read(name: string, command: Command, args: readonly string[]) {
  try {
    return readArguments(command, args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(`${error.message} Usage: ${usageOf(name, command)}`)
  }
}

function unknownCommand(args: readonly string[]): string {
  const found = args.length === 0 ? 'no command' : shown(args.slice(0, 2).join(' '))
  return `found ${found}; expected one of ${Object.keys(COMMANDS).join(', ')}. --help explains them.`
}

function helpFor(name: string, command: Command | undefined): string {
  const helped = command === undefined ? Object.entries(COMMANDS) : [[name, command] as const]
  const lines = helped.flatMap(([each, form]) => [`  ${usageOf(each, form)}`, `      ${form.purpose}`])
  return [
    'Usage: npm run --silent openras -- <command>, with MIGRATION_DATABASE_URL set where rows are written.',
    '--silent keeps npm’s own lines out of a key that is piped on.',
    '',
    ...lines,
  ].join('\n')
}
