// Programs that the test command starts, a few at a time.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ROOT } from '../test/support/folder-files.ts'

export const BIN = join(ROOT, 'node_modules', '.bin')

/** Nothing here takes so long unless it hangs. */
const TIMEOUT_MS = 900_000

export type Ended = { readonly ok: boolean; readonly output: string; readonly errors: string }

/** Runs a program to its end. What it prints goes to files, which end with it whatever it has started itself. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { prints, env = {} }: { prints: string; env?: Readonly<Record<string, string>> },
): Promise<Ended> {
  const files = [`${prints}.out`, `${prints}.err`] as const
  const [out, err] = [openSync(files[0], 'w'), openSync(files[1], 'w')]
  // Tools that start "node" must find this one, whatever the machine's own is.
  const PATH = [BIN, dirname(process.execPath), process.env.PATH].join(delimiter)
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', out, err],
    env: { ...process.env, ...env, PATH },
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('exit', resolve)
    child.on('error', reject)
  })
  closeSync(out)
  closeSync(err)
  return { ok: code === 0, output: readFileSync(files[0], 'utf8'), errors: readFileSync(files[1], 'utf8') }
}

/** Does the tasks in their order, so many at once. */
export async function inTurn(tasks: readonly (() => Promise<void>)[], atOnce: number): Promise<void> {
  const waiting = tasks.values()
  const worker = async () => {
    for (const task of waiting) await task()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
