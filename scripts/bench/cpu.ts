// Processor time, which other programs on the machine disturb far less than they disturb requests a second. Linux
// tells it for every process; elsewhere there is none to tell.
import { readdir, readFile } from 'node:fs/promises'

/** Microseconds of processor time that a process and its children have used so far, or null where nobody knows. */
export async function processorTime(pid: number): Promise<number | null> {
  try {
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean)
    const times = await Promise.all([String(pid), ...children].map(ownTime))
    return times.reduce((sum, time) => sum + time, await timeOfEnded(pid))
  } catch {
    return null
  }
}

// A backend that ends hands its time on to its parent, in hundredths of a second: the 16th and 17th field of `stat`,
// counted without the name, which may hold anything.
async function timeOfEnded(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10_000
}

// Nothing is known of a process that has just ended; its parent has its time.
async function ownTime(pid: string): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
  const times = await Promise.all(
    tasks.map(async (task) => {
      const [nanoseconds] = (await readFile(`/proc/${pid}/task/${task}/schedstat`, 'utf8')).split(' ')
      return Number(nanoseconds) / 1000
    }),
  )
  return times.reduce((sum, time) => sum + time, 0)
}
