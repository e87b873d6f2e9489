// What the tests of the embedded PostgreSQL share: a folder of their own, queries, and a service to kill.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { EmbeddedLog } from '../../src/embedded/postgres.ts'
import { COMPILED } from '../support/compiled.ts'
import { copyFolder } from '../support/copy-folder.ts'

export type Report = { adminUrl?: string; dataDir?: string; error?: string; pid?: number; message?: string }

export type Service = { child: ChildProcess; report: Report; kill(): Promise<void> }

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'openras-embedded-'))
  // mkdtemp makes it private, which would move the data of a start by root elsewhere.
  await chmod(path, 0o755)
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) }
}

/** A data folder within `folder` that was made before the tests: for those that do not look at its making. */
export async function madeDataFolder(folder: string, name: string): Promise<string> {
  const made = process.env.OPENRAS_TEST_MADE
  if (made === undefined) throw new Error('OPENRAS_TEST_MADE is not set: run tests with "npm test -- FILE…".')
  const path = join(folder, name)
  await copyFolder(made, path)
  return path
}

export function notingLog(): EmbeddedLog & { lines: string[] } {
  const lines: string[] = []
  return { lines, info: (line) => lines.push(line), warn: (line) => lines.push(line) }
}

export async function query(url: string | undefined, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url ?? '' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL from another process, as `npm start` would, and waits for what it reports. */
export async function startService(
  dataDir: string,
  options: { fallbackRoot?: string; uid?: number; gid?: number } = {},
): Promise<Service> {
  const { fallbackRoot = join(dataDir, 'unused'), ...identity } = options
  const script = fileURLToPath(new URL('service.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir, fallbackRoot], {
    env: COMPILED,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...identity,
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  // A test that fails half way must neither hang on the service nor leave it behind.
  child.stdout.destroy()
  child.unref()
  process.once('exit', () => child.kill('SIGKILL'))
  const kill = async (): Promise<void> => {
    child.ref()
    const ended = once(child, 'exit')
    if (child.kill('SIGKILL')) await ended
  }
  return { child, report: JSON.parse(line) as Report, kill }
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10)
}

export async function killProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (await isAlive(pid)) await delay(10)
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return !/\) Z /.test(stat)
  } catch {
    return false
  }
}
