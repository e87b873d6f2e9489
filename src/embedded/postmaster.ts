// Starts the PostgreSQL server process on a free port, waits until it answers, and stops it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { childEnvironment } from './child-command.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { Home } from './home.ts'
import { clearOrphan, type Warn } from './orphan.ts'
import { answers } from './readiness.ts'
import { openServerLog, type ServerLog } from './server-log.ts'

export const host = '127.0.0.1'

/** A server that answers on `port`. */
export type Postmaster = { process: ChildProcess; port: number; logPath: string }

const patience = 60_000

// Another program took the port first, the last backends of a killed PostgreSQL are still leaving, or one whose
// owner was killed in the middle of a start got there before us.
const passing =
  /could not create any TCP\/IP sockets|pre-existing shared memory block|"postmaster\.pid" already exists/

/** Starts PostgreSQL and resolves when it accepts connections, crash recovery included. */
export async function startPostmaster(
  home: Home,
  urlFor: (port: number) => string,
  warn: Warn,
): Promise<Postmaster> {
  const deadline = Date.now() + patience
  for (;;) {
    await clearOrphan(home.cluster, warn)
    const port = await freePort()
    const log = await openServerLog(home)
    const child = await launch(home, port, log).finally(() => log.handle.close())
    const state = await untilReady(child, urlFor(port), deadline)
    if (state === 'ready') return { process: child, port, logPath: log.path }
    const words = await log.sinceStart()
    const worthAnother = state === 'ended' && passing.test(words) && Date.now() < deadline
    if (!worthAnother) throw notStarted(home, state, words)
    await delay(200)
  }
}

/** Fast shutdown, as pg_ctl does it, then harder if it hangs; nothing acknowledged is lost by any of them. */
export async function stopPostmaster(child: ChildProcess): Promise<void> {
  for (const [signal, grace] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    if (hasEnded(child)) return
    child.ref()
    child.kill(signal)
    await endOf(child, grace)
  }
}

async function launch(home: Home, port: number, log: ServerLog): Promise<ChildProcess> {
  const child = spawn(home.binaries.postgres, ['-D', home.cluster, ...settings(port)], {
    cwd: '/',
    env: childEnvironment,
    stdio: ['ignore', log.handle.fd, log.handle.fd],
    // Its own session: Ctrl-C reaches the service alone, which then stops PostgreSQL when it is done with it.
    detached: true,
    ...home.identity,
  })
  await once(child, 'spawn')
  child.unref()
  return child
}

function settings(port: number): string[] {
  return [
    `port=${port}`,
    `listen_addresses=${host}`,
    'unix_socket_directories=',
    'fsync=on',
    'full_page_writes=on',
    // Terse leaves out the DETAIL lines, which quote the values of the refused row.
    'log_error_verbosity=terse',
  ].flatMap((setting) => ['-c', setting])
}

async function untilReady(
  child: ChildProcess,
  url: string,
  deadline: number,
): Promise<'ready' | 'ended' | 'late'> {
  try {
    while (!hasEnded(child)) {
      if (await answers(url)) return 'ready'
      if (Date.now() > deadline) {
        await stopPostmaster(child)
        return 'late'
      }
      await delay(25)
    }
    return 'ended'
  } catch (error) {
    // A server that took our port may have answered in place of ours, which then ends by itself.
    await delay(200)
    if (hasEnded(child)) return 'ended'
    await stopPostmaster(child)
    throw error
  }
}

function notStarted(home: Home, state: 'ended' | 'late', words: string): EmbeddedPostgresError {
  const found = state === 'late' ? `was not ready after ${patience / 1000} s` : 'ended while starting'
  return new EmbeddedPostgresError(
    `PostgreSQL on ${home.cluster} ${found}. Fix what its log says and start again, or set DATABASE_URL. ` +
      `The last lines of its log:\n${words}`,
  )
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function endOf(child: ChildProcess, grace: number): Promise<void> {
  const timer = new AbortController()
  const { signal } = timer
  await Promise.race([once(child, 'exit', { signal }), delay(grace, undefined, { signal })])
  timer.abort()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port.')
  return address.port
}
