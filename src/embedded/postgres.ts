// The life of the embedded PostgreSQL: one start, one owner, one stop, and data that outlive all of them.
import { locateBinaries } from './binaries.ts'
import { ensureCluster, superuser } from './cluster.ts'
import { settleHome } from './home.ts'
import { acquireOwnerLock, type OwnerLock } from './owner-lock.ts'
import { host, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'

export { AlreadyRunningError, EmbeddedPostgresError } from './errors.ts'

export type EmbeddedLog = { info(message: string): void; warn(message: string): void }

export type EmbeddedPostgresOptions = {
  dataDir: string
  log: EmbeddedLog
  /** Used as root only, when PostgreSQL's user cannot reach dataDir or the programs. */
  fallbackRoot?: string
}

/** A running server. `adminUrl` is the superuser's; `dataDir` is where the data really are. */
export type EmbeddedPostgres = {
  adminUrl: string
  host: string
  port: number
  dataDir: string
  stop(): Promise<void>
}

/** Starts PostgreSQL on a data folder, new or kept; throws AlreadyRunningError beside a living owner. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, fallbackRoot = '/var/lib/openras' } = options
  const binaries = await locateBinaries()
  const home = await settleHome({ dataDir, fallbackRoot, binaries, onMove: (why) => log.info(why) })
  const lock = await acquireOwnerLock(home.folder)
  try {
    const password = await ensureCluster(home)
    const urlFor = (port: number): string => `postgresql://${superuser}:${password}@${host}:${port}/postgres`
    const postmaster = await startPostmaster(home, urlFor, (message) => log.warn(message))
    const stop = stopOnce(postmaster, lock, log)
    return { adminUrl: urlFor(postmaster.port), host, port: postmaster.port, dataDir: home.folder, stop }
  } catch (error) {
    await lock.release()
    throw error
  }
}

function stopOnce(
  { process: child, logPath }: Postmaster,
  lock: OwnerLock,
  log: EmbeddedLog,
): () => Promise<void> {
  let stopping: Promise<void> | undefined
  child.once('exit', () => {
    if (stopping === undefined) {
      log.warn(`The embedded PostgreSQL ended unexpectedly. Its log is ${logPath}; start again to recover.`)
    }
  })
  return () => {
    stopping ??= stopPostmaster(child).then(() => lock.release())
    return stopping
  }
}
