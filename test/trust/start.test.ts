// The service does not start where it could lose or leak, and says why; and the demonstration's keys open nothing real.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import pg from 'pg'
import t, { type Test } from 'tap'
import { bootFaults } from '../../src/store/boot-checks.ts'
import { openDatabase } from '../../src/store/database.ts'
import { madeDataFolder, temporaryFolder } from '../embedded/fixture.ts'
import { asAdmin } from '../support/admin.ts'
import { draws } from '../support/draws.ts'
import { type ClonedDatabase, cloneTemplate, withDatabase } from '../support/template-database.ts'
import { started, startProcess } from './service-process.ts'

type Refused = {
  readonly what: string
  readonly words: RegExp
  /** Spoils the database, and says which address to start with. */
  spoil(database: ClonedDatabase): Promise<string>
}

const spoilt = (sql: string) => async (database: ClonedDatabase) => {
  for (const statement of sql.split(';')) await asAdmin(database.adminUrl, statement)
  return database.applicationUrl
}

const REFUSED: readonly Refused[] = [
  {
    what: 'a role that is no member of openras_app',
    words: /is not a member of openras_app|cannot be/,
    spoil: (database) => loginAs(database, '', null),
  },
  {
    what: 'commits that do not wait for the disk',
    words: /synchronous_commit is off/,
    spoil: (database) => spoilt(`alter database ${database.name} set synchronous_commit = off`)(database),
  },
  {
    what: 'a schema that was never made',
    words: /older than this release: it lacks 0001_/,
    spoil: spoilt('drop schema openras cascade; drop schema openras_migration cascade'),
  },
  {
    what: 'a schema that lacks the last migration',
    words: /older than this release: it lacks 00/,
    spoil: spoilt(
      'delete from openras_migration.kysely_migration where name = (select max(name) from openras_migration.kysely_migration)',
    ),
  },
  {
    what: 'a schema of a later release',
    words: /newer than this release: it has 9999_later/,
    spoil: spoilt(`insert into openras_migration.kysely_migration values ('9999_later', now()::text)`),
  },
  { what: 'a superuser', words: /is a superuser/, spoil: async ({ adminUrl }) => adminUrl },
  {
    what: 'the owner of the tables',
    words: /owns tables, or may act as their owner/,
    spoil: (database) => loginAs(database, '', 'openras_owner, openras_app'),
  },
  {
    what: 'a role that row-level security does not bind',
    words: /may bypass row-level security/,
    spoil: (database) => loginAs(database, 'bypassrls', 'openras_app'),
  },
  {
    what: 'a table without forced row-level security',
    words: /not forced on openras\.payload/,
    spoil: spoilt('alter table openras.payload no force row level security'),
  },
]

t.test('a port that is taken is told in words, with what to do', async (t) => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  t.teardown(() => holder.close())
  const { port } = holder.address() as AddressInfo
  const database = await cloneTemplate()
  const ended = await startProcess({ DATABASE_URL: database.applicationUrl, PORT: String(port) })
  if ('child' in ended) {
    await ended.end('SIGTERM')
    return t.fail('it started')
  }
  t.equal(ended.code, 1)
  const log = ended.log.join('\n')
  t.match(
    log,
    `cannot listen on 127.0.0.1, port ${port} (EADDRINUSE): another process listens there. Ask which`,
  )
  t.match(log, /set PORT to a free port/)
  t.notMatch(log, /"stack"/)
})

t.test('a database that would lose or leak is refused, with the reason in one line', async (t) => {
  const check = async ({ what, words, spoil }: Refused, place: number) => {
    const database = await cloneTemplate()
    const url = await spoil(database)
    // The program asks the same of each, and a start takes seconds: `npm run drill -- properties` starts it for all.
    if (place >= draws(1)) {
      t.match((await faultsOf(url)).join(' '), words, what)
      return
    }
    const ended = await startProcess({ DATABASE_URL: url })
    if (!('code' in ended)) await ended.end('SIGKILL')
    t.match(ended, { code: 1 }, what)
    t.match(ended.log.at(-1), words, what)
  }
  for (const [place, one] of REFUSED.entries()) await check(one, place)
})

async function faultsOf(url: string): Promise<readonly string[]> {
  const database = openDatabase({ url, poolSize: 1, onIdleError: () => {} })
  try {
    return await bootFaults(database)
  } finally {
    await database.close()
  }
}

t.test('a server that is not there is told in words', async (t) => {
  const ended = await startProcess({ DATABASE_URL: 'postgresql://openras:wrong@127.0.0.1:1/none' })
  t.match(ended, { code: 1 })
  t.match(ended.log.join(''), /ECONNREFUSED/)
  t.notMatch(ended.log.join(''), /openras:wrong|"stack"/)
})

t.test('the demonstration’s keys are refused on a real database', async (t) => {
  const database = await cloneTemplate()
  const service = await started({ DATABASE_URL: database.applicationUrl })
  await refusesDemonstration(t, service.address)
  t.equal(await service.end('SIGTERM'), 0)
})

t.test('the demonstration’s keys are refused where others can reach them', async (t) => {
  const folder = await temporaryFolder()
  t.teardown(() => folder.remove())
  const dataDir = await madeDataFolder(folder.path, 'data')
  const service = await started({ DATA_DIR: dataDir, HOST: '0.0.0.0' })
  await refusesDemonstration(t, service.address.replace('0.0.0.0', '127.0.0.1'))
  t.equal(await service.end('SIGTERM'), 0)
})

async function refusesDemonstration(t: Test, address: string): Promise<void> {
  for (const key of ['demo-author', 'demo-publisher']) {
    for (const authorization of [`Bearer ${key}`, `Basic ${Buffer.from(`demo:${key}`).toString('base64')}`]) {
      const response = await fetch(`${address}/v1/feed`, { headers: { authorization } })
      t.equal(response.status, 401)
      t.match(await response.json(), { code: 'credential-refused' })
    }
  }
}

async function loginAs({ name, adminUrl }: ClonedDatabase, option: string, member: string | null) {
  const role = `trust_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `create role ${pg.escapeIdentifier(role)} login password 'x' ${option}`)
  if (member !== null) await asAdmin(adminUrl, `grant ${member} to ${role}`)
  const url = new URL(withDatabase(adminUrl, name))
  url.username = role
  url.password = 'x'
  return url.href
}
