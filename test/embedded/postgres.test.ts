import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import {
  AlreadyRunningError,
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '../../src/embedded/postgres.ts'
import { COMPILED } from '../support/compiled.ts'
import { killProcess, notingLog, postmasterPid, query, startService, temporaryFolder } from './fixture.ts'

const folder = await temporaryFolder()
const dataDir = join(folder.path, 'data')
const fallbackRoot = join(folder.path, 'fallback')
const started: EmbeddedPostgres[] = []
t.teardown(async () => {
  await Promise.all(started.map((server) => server.stop()))
  await folder.remove()
})

const start = async (log = notingLog()) => {
  const server = await startEmbeddedPostgres({ dataDir, fallbackRoot, log })
  started.push(server)
  return server
}
const insert = (url: string | undefined, word: string) => query(url, `insert into kept values ('${word}')`)
const kept = async (url: string | undefined) =>
  (await query(url, 'select word from kept order by word')).map(({ word }) => word)

t.test('a first start makes a durable, checksummed UTF-8 cluster behind a private password', async (t) => {
  const server = await start()
  const [settings] = await query(
    server.adminUrl,
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages,
      current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
      current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
      (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'template1') as locale`,
  )
  t.strictSame(settings, {
    version: 18,
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    encoding: 'UTF8',
    addresses: '127.0.0.1',
    sockets: '',
    locale: 'b C.UTF-8',
  })
  t.equal((await stat(join(dataDir, 'password'))).mode & 0o777, 0o600)
  const wrong = server.adminUrl.replace(/:[^:@]+@/, ':wrong@')
  await t.rejects(query(wrong, 'select 1'), { code: '28P01' })
  await query(server.adminUrl, 'create table kept (word text)')
  await insert(server.adminUrl, 'after a clean stop')
  await server.stop()
  await t.resolves(server.stop(), 'a second stop is harmless')
})

t.test('a restart after a clean stop keeps the data and takes less than two seconds', async (t) => {
  const begun = Date.now()
  const server = await start()
  t.ok(Date.now() - begun < 2000)
  t.strictSame(await kept(server.adminUrl), ['after a clean stop'])
  await server.stop()
})

t.test('a killed PostgreSQL is noticed, and the next start recovers what was acknowledged', async (t) => {
  const log = notingLog()
  const server = await start(log)
  await insert(server.adminUrl, 'before PostgreSQL was killed')
  await killProcess(await postmasterPid(dataDir))
  await server.stop()
  t.match(log.lines.join('\n'), /ended unexpectedly/)
  const next = await start()
  t.strictSame(await kept(next.adminUrl), ['after a clean stop', 'before PostgreSQL was killed'])
  await next.stop()
})

t.test('a killed service leaves a PostgreSQL that the next start takes over', async (t) => {
  const service = await startService(dataDir)
  await insert(service.report.adminUrl, 'before the service was killed')
  const orphan = await postmasterPid(dataDir)
  await service.kill()
  t.equal(process.kill(orphan, 0), true, 'the orphan lives on')
  const log = notingLog()
  const server = await start(log)
  t.match(log.lines.join('\n'), new RegExp(`process ${orphan}\\b.*outlived`))
  t.ok((await kept(server.adminUrl)).includes('before the service was killed'))
  await server.stop()
})

t.test('a killed service and a killed PostgreSQL do not block the next start', async (t) => {
  const service = await startService(dataDir)
  await insert(service.report.adminUrl, 'before both were killed')
  const orphan = await postmasterPid(dataDir)
  await service.kill()
  await killProcess(orphan)
  const server = await start()
  t.ok((await kept(server.adminUrl)).includes('before both were killed'))
  await server.stop()
})

t.test('a postmaster.pid whose process id went to another program does not block a start', async (t) => {
  const file = join(dataDir, 'cluster', 'postmaster.pid')
  const { uid, gid } = await stat(join(dataDir, 'cluster'))
  const other: ChildProcess = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {})
  other.unref()
  t.teardown(() => other.kill())
  await once(other, 'spawn')
  await writeFile(file, `${other.pid}\n${join(dataDir, 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n`)
  const server = await start()
  t.equal(other.exitCode, null, 'the other program is left alone')
  await server.stop()
})

t.test('an empty postmaster.pid does not block a start', async (t) => {
  await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), '')
  const server = await start()
  t.equal((await query(server.adminUrl, 'select 1 as one'))[0]?.one, 1)
  await server.stop()
})

t.test('a second start beside a living owner is refused and harms nothing', async (t) => {
  const service = await startService(dataDir)
  const refused = await start().catch((error: unknown) => error)
  t.type(refused, AlreadyRunningError)
  t.match(refused, {
    name: 'AlreadyRunningError',
    pid: service.child.pid,
    folder: dataDir,
    message: /DATA_DIR/,
  })
  t.ok((await kept(service.report.adminUrl)).length > 0)
  await service.kill()
})

t.test('of two simultaneous starts over an orphan exactly one wins', async (t) => {
  const services = await Promise.all([startService(dataDir), startService(dataDir)])
  const winners = services.filter(({ report }) => report.adminUrl !== undefined)
  const losers = services.filter(({ report }) => report.error === 'AlreadyRunningError')
  t.equal(winners.length, 1)
  t.equal(losers.length, 1)
  t.equal(losers[0]?.report.pid, winners[0]?.child.pid)
  t.ok((await kept(winners[0]?.report.adminUrl)).length > 0)
  await winners[0]?.kill()
  await (await start()).stop()
})

t.test('a log that has grown past its bound is emptied at the next start', async (t) => {
  const file = join(dataDir, 'postgres.log')
  await writeFile(file, Buffer.alloc(10 * 1024 * 1024 + 1, 'x'))
  await (await start()).stop()
  t.ok((await stat(file)).size < 10_000)
})

t.test(
  'a start that PostgreSQL refuses quotes its log, and can be repeated once that is mended',
  async (t) => {
    const file = join(dataDir, 'cluster', 'postgresql.conf')
    const good = await readFile(file)
    await writeFile(file, 'no_such_setting = 1\n')
    const refused = await start().catch((error: unknown) => error)
    t.type(refused, EmbeddedPostgresError)
    t.match(refused, { message: /unrecognized configuration parameter "no_such_setting"/ })
    await writeFile(file, good)
    await (await start()).stop()
  },
)

t.test('a password that is not the cluster’s is refused with its reason', async (t) => {
  const file = join(dataDir, 'password')
  const good = await readFile(file)
  await writeFile(file, 'another\n')
  await t.rejects(start(), { name: 'EmbeddedPostgresError', message: /belongs to\s+other data/ })
  await rm(file)
  await t.rejects(start(), { name: 'EmbeddedPostgresError', message: /password file .* cannot be read/ })
  await writeFile(file, good, { mode: 0o600 })
})

t.test('an initialisation that was cut short is begun again', async (t) => {
  const young = join(folder.path, 'young')
  const child = spawnService(young)
  for (;;) if ((await readdir(young).catch(() => [])).some((name) => name.startsWith('cluster.new'))) break
  child.kill('SIGKILL')
  const server = await startEmbeddedPostgres({ dataDir: young, fallbackRoot, log: notingLog() })
  t.equal((await query(server.adminUrl, 'select 1 as one'))[0]?.one, 1)
  await server.stop()
  t.notOk((await readdir(young)).some((name) => name.startsWith('cluster.new')))
})

function spawnService(where: string): ChildProcess {
  const script = join(import.meta.dirname, 'service.ts')
  return spawn(process.execPath, [script, where, fallbackRoot], { env: COMPILED, stdio: 'ignore' })
}
