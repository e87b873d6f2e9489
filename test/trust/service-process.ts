// The real service as a process of its own, to be killed: src/server.ts with a data folder of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ensureLogKey } from '../../src/log-key.ts'
import { COMPILED } from '../support/compiled.ts'

export type ServiceProcess = {
  readonly child: ChildProcess
  readonly address: string
  readonly log: readonly string[]
  /** Sends a signal and waits for the end; resolves to the exit code, or to null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export type Ended = { readonly code: number | null; readonly log: readonly string[] }

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

async function logKeyFile(): Promise<string> {
  const file = join(tmpdir(), `openras-log-key-${process.pid}.pem`)
  await ensureLogKey('openras.example', file)
  process.once('exit', () => rmSync(file, { force: true }))
  return file
}

/** Starts the service and waits until it listens, or until it has ended instead. */
export async function startProcess(env: Record<string, string>): Promise<ServiceProcess | Ended> {
  const child = spawn(process.execPath, [SERVER], {
    env: {
      ...COMPILED,
      PATH: process.env.PATH ?? '',
      PORT: '0',
      LOG_LEVEL: 'info',
      DEMONSTRATION_PEOPLE: '0',
      ...(env.DATABASE_URL !== undefined && {
        LOG_ORIGIN: 'openras.example',
        LOG_KEY_FILE: await logKeyFile(),
      }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const log: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  const ended = once(child, 'close').then(([code]) => {
    process.off('exit', killWithUs)
    return code as number | null
  })
  const address = await new Promise<string | null>((resolve) => {
    void ended.then(() => resolve(null))
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      log.push(line)
      const [, found] = /listening at (http:\/\/[^\s"]+)/i.exec(line) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  if (address === null) return { code: await ended, log }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { child, address, log, end }
}

/** As `startProcess`, where not to start is a fault. */
export async function started(env: Record<string, string>): Promise<ServiceProcess> {
  const service = await startProcess(env)
  if ('code' in service) throw new Error(`The service ended with ${service.code}: ${service.log.join('\n')}`)
  return service
}

/** The id of the PostgreSQL process that works in a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10)
}

/** The superuser's address of the embedded PostgreSQL in a data folder. */
export async function adminUrlOf(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'password'), 'utf8')).trim()
  const port = (await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[3]?.trim()
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}
