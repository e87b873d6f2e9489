// Starts the service: configuration, database (one of its own where DATABASE_URL is not set), checks, listening; and
// stops it without failing a request that has begun.
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { prepareDemonstration } from './demonstration.ts'
import { startDemonstrationCouncil } from './demonstration-council.ts'
import { openEmbeddedDatabase } from './embedded-database.ts'
import { demonstrationCheck } from './http/core/credentials/demonstration-keys.ts'
import { jwtCheck } from './http/core/credentials/jwt.ts'
import { ensureLogKey, readLogKey } from './log-key.ts'
import { createLogger } from './logger.ts'
import type { LogKey } from './operations/log/log-key.ts'
import { checkpointSigner } from './operations/log/sign-checkpoints.ts'
import { startCalibrationRunner } from './operations/run/runner.ts'
import { workThreads } from './operations/worker/threads.ts'
import { bootFaults } from './store/boot-checks.ts'
import { type Database, openDatabase, sqlState } from './store/database.ts'
import { startSequencer } from './store/sequencer.ts'

/** Anything that an operator can fix: told in words, without a stack. */
class StartRefused extends Error {
  override readonly name = 'StartRefused'
}

const MENDABLE: ReadonlySet<string> = new Set([
  'ConfigurationError',
  'StartRefused',
  'AlreadyRunningError',
  'EmbeddedPostgresError',
  'LogKeyError',
])

async function start(config: Config, log: Logger): Promise<void> {
  // What has been started is stopped in reverse, whether a later step fails or a signal comes, even in between.
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  let stopping = false
  const delay = (config.drainSeconds + config.unreadySeconds) * 1000
  // A start that was refused ends by itself, and its exit code must stay what it is.
  closeWithGrace({ delay, skip: ['beforeExit'] }, async ({ signal, err }) => {
    if (err === undefined) log.info(`Stopping on ${signal}: finishing what has begun.`)
    else log.error({ err }, 'stopping after a mistake of the program')
    stopping = true
    await new Promise((resolve) => setTimeout(resolve, config.unreadySeconds * 1000))
    await stop()
    log.info('Stopped.')
  })
  try {
    await startParts(config, log, undo, () => stopping)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  config: Config,
  log: Logger,
  undo: (() => unknown)[],
  stopping: () => boolean,
): Promise<void> {
  const embedded = config.databaseUrl === null ? await openEmbeddedDatabase(config.dataDir, log) : null
  if (embedded !== null) undo.push(() => embedded.stop())
  const open = (poolSize: number) => {
    const url = config.databaseUrl ?? embedded?.applicationUrl ?? ''
    const onIdleError = (err: Error) => log.warn({ err }, 'an idle database connection broke')
    const opened = openDatabase({ url, poolSize, onIdleError })
    undo.push(() => opened.close())
    return opened
  }
  const database = open(config.poolSize)
  await refuseFaults(database)
  const logKey = await logKeyOf(config)
  const threads = workThreads()
  undo.push(() => threads.close())
  const app = await createApp({
    database,
    threads,
    logger: log,
    logKey,
    release: await releaseOf(),
    credentialChecks: credentialChecks(config, log),
    publicEstimatesPerMinute: config.publicEstimatesPerMinute,
    uploadsAtOnce: config.uploadsAtOnce,
    refusalsPerMinute: config.refusalsPerMinute,
    trustProxy: config.trustProxy,
    stopping,
  })
  // Its documents are sent with its keys, which are refused beyond loopback.
  const demonstrates = embedded !== null && isLoopback(config.host)
  if (demonstrates) await prepareDemonstration(app, database, embedded.adminUrl)
  // A connection of its own: the log goes on while requests wait for theirs.
  const logDatabase = open(1)
  const signer = checkpointSigner(logDatabase, logKey, (err) =>
    log.error({ err }, 'no checkpoint was signed; trying again'),
  )
  const sequencer = startSequencer(logDatabase, signer.sign, (err) =>
    log.error({ err }, 'the log could not be continued; trying again'),
  )
  const runner = startCalibrationRunner(database, {
    threads,
    onError: (err) => log.error({ err }, 'a calibration run could not be worked on; trying again'),
  })
  undo.push(
    () => sequencer.stop(),
    () => runner.stop(),
    () => app.close(),
  )
  const address = await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw listenFault(error, config)
  })
  if (embedded !== null) announceDemonstration(address, config, log)
  if (demonstrates && config.demonstrationPeople > 0) {
    const council = startDemonstrationCouncil(app, log, config.demonstrationPeople)
    undo.push(() => council.stop())
  }
}

// The operating system's codes of an address that cannot be listened on, and what an operator does about each.
const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'another process listens there. Ask which ("ss -ltnp" on Linux, "lsof -i" elsewhere) and stop it, or set PORT to a free port',
  EACCES: 'this user may not use that port. Set PORT to one above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address. Set HOST to one it has',
  ENOTFOUND: 'that name stands for no address. Set HOST to an address of this machine',
}

function listenFault(error: unknown, { host, port }: Config): unknown {
  const code = (error as { code?: string }).code ?? ''
  const reason = LISTEN_FAULTS[code]
  if (reason === undefined) return error
  return new StartRefused(`The service cannot listen on ${host}, port ${port} (${code}): ${reason}.`)
}

async function refuseFaults(database: Database): Promise<void> {
  const faults = await bootFaults(database).catch((error: Error) => [reachFault(error)])
  if (faults.length > 0)
    throw new StartRefused(`The service does not start on this database. ${faults.join(' ')}`)
}

function reachFault(error: Error & { code?: string }): string {
  const state = sqlState(error) ?? error.code ?? error.message
  return `It cannot be asked (${state}). Check DATABASE_URL, and that the server is up and knows the role.`
}

// What is signed in earnest is signed with a key that somebody keeps; a demonstration makes its own.
async function logKeyOf({ databaseUrl, dataDir, logOrigin, logKeyFile }: Config): Promise<LogKey> {
  if (logOrigin !== null && logKeyFile !== null) return readLogKey(logOrigin, logKeyFile)
  if (databaseUrl === null && logOrigin === null && logKeyFile === null)
    return ensureLogKey('openras.local', join(dataDir, 'log-key.pem'))
  throw new StartRefused(
    'LOG_ORIGIN and LOG_KEY_FILE are set together, and always with DATABASE_URL: the log is signed in your name. Make a key with "openssl genpkey -algorithm ed25519", and keep a copy of it.',
  )
}

async function releaseOf(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function credentialChecks({ databaseUrl, host, jwt }: Config, log: Logger) {
  const demonstrates = databaseUrl === null && isLoopback(host)
  if (databaseUrl === null && !demonstrates) {
    log.warn(`The demonstration's keys are refused, because ${host} can be reached from elsewhere.`)
  }
  return [...(demonstrates ? [demonstrationCheck] : []), ...(jwt === null ? [] : [jwtCheck(jwt)])]
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function announceDemonstration(address: string, { host }: Config, log: Logger): void {
  log.info(
    `OpenRAS demonstration at ${address}, documentation at ${address}/docs. Its data are kept between starts; set DATABASE_URL for anything real.`,
  )
  if (isLoopback(host))
    log.info('Keys of the authority "demo", for this machine only: demo-author and demo-publisher.')
}

try {
  const config = readConfig()
  await start(config, createLogger(config.logLevel))
} catch (err) {
  const log = createLogger('info')
  if (err instanceof Error && MENDABLE.has(err.name)) log.fatal(err.message)
  else log.fatal({ err }, 'the service could not start')
  process.exitCode = 1
}
