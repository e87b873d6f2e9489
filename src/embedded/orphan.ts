// Deals with what a killed service or a killed PostgreSQL left behind. Call it only as the owner of the folder.
import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runCommand } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'

export type Warn = (message: string) => void

/** Stops a PostgreSQL that outlived its owner, and makes a stale postmaster.pid harmless. */
export async function clearOrphan(clusterPath: string, warn: Warn): Promise<void> {
  const cluster = await realpath(clusterPath)
  const file = join(cluster, 'postmaster.pid')
  const record = await readFile(file, 'utf8').catch(() => undefined)
  if (record === undefined) return
  const pid = Number.parseInt(record, 10)
  if (!(pid > 1)) return await rm(file, { force: true })
  if (await isPostgresOf(pid, cluster)) {
    warn(`PostgreSQL (process ${pid}) on ${cluster} outlived the service that started it: stopping it first.`)
    return await stopOrphan(pid, cluster)
  }
  // The id may belong to another program by now, which PostgreSQL would take for a rival. It never suspects its
  // own parent, and the rest of the record lets it find backends that are still attached.
  await writeFile(file, record.replace(/^\d+/, String(process.pid)))
}

/** Whether the process is a PostgreSQL that works in that cluster (it makes the cluster its working folder). */
async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') {
    return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster
  }
  const { output } = await runCommand('ps', ['-o', 'command=', '-p', String(pid)])
  return output.includes(cluster)
}

async function stopOrphan(pid: number, cluster: string): Promise<void> {
  // Fast first; then an immediate stop, which loses nothing that was acknowledged.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    send(pid, signal)
    const deadline = Date.now() + 30_000
    while (Date.now() < deadline) {
      if (!(await isPostgresOf(pid, cluster))) return
      await delay(20)
    }
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL (process ${pid}) on ${cluster} was left by an earlier run and does not stop. End it and start again.`,
  )
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
