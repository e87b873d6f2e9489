// Tells one life of a process id from the next, since the system hands ids out again.
import { readFile } from 'node:fs/promises'
import { runCommand } from './child-command.ts'

/** When the process started, as an opaque mark; undefined when no such process lives. */
export async function processMark(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? await linuxMark(pid) : await psMark(pid)
}

async function linuxMark(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in brackets and may hold spaces: count the fields behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    // A zombie is dead: only nobody has collected it yet.
    if (state === 'Z' || state === 'X') return undefined
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    return `${boot.trim()}:${fields[19]}`
  } catch {
    return undefined
  }
}

async function psMark(pid: number): Promise<string | undefined> {
  const { succeeded, output } = await runCommand('ps', ['-o', 'lstart=', '-p', String(pid)])
  return succeeded && output !== '' ? output : undefined
}
