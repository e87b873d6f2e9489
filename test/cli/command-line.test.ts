// The command line end to end, on a real PostgreSQL, with a migrating role that is no superuser.
import t from 'tap'
import { apiKeyCheck } from '../../src/http/core/credentials/api-key.ts'
import { SCOPES } from '../../src/http/core/credentials/scopes.ts'
import { findAuthority } from '../../src/store/authorities.ts'
import { bootFaults } from '../../src/store/boot-checks.ts'
import { findStanding } from '../../src/store/credentials.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrationNames } from '../../src/store/migrations.ts'
import { isRefused, query, runCli, spawnCli, startCluster } from './fixture.ts'

const cluster = await startCluster()
const opened: Database[] = []
t.teardown(() => Promise.all(opened.map((database) => database.close())))
const env = { MIGRATION_DATABASE_URL: cluster.migrationUrl }
const openras = (...args: string[]) => runCli('openras', args, env)
const serve = () => {
  const database = openDatabase({ url: cluster.applicationUrl, poolSize: 2, onIdleError: () => {} })
  opened.push(database)
  return database
}
const NORTH = ['--authority', 'north-shire']
const NEW_KEY = ['key', 'create', ...NORTH, '--client', 'case-system', '--subject', 'auth0|5f2c']

t.test('before the schema is there, the command says to migrate', async (t) => {
  const ran = await openras(
    'authority',
    'create',
    'north-shire',
    '--title',
    'North',
    '--challenge-route',
    'Write',
  )
  isRefused(t, ran, 1, /npm run migrate/)
})

t.test(
  'migrate applies everything, makes the login role, and does nothing more the second time',
  async (t) => {
    const both = { ...env, DATABASE_URL: cluster.applicationUrl }
    const first = await runCli('migrate', [], both)
    t.equal(first.code, 0, first.err)
    const names = await migrationNames()
    const login = 'login role ras service is ready, a member of openras_app'
    t.strictSame(first.out.trim().split('\n'), [...names.map((name) => `applied ${name}`), login])
    t.strictSame(await spawnCli('migrate', [], both), {
      code: 0,
      out: `schema is up to date\n${login}\n`,
      err: '',
    })
    t.strictSame(await runCli('migrate', [], env), { code: 0, out: 'schema is up to date\n', err: '' })
    t.strictSame(await bootFaults(serve()), [], 'the service would start')
  },
)

t.test('an authority, a client, subjects and a key make a caller', async (t) => {
  const words = ['--title', 'North Shire', '--challenge-route', 'Write to the director.']
  for (const args of [
    ['authority', 'create', 'north-shire', ...words],
    ['client', 'create', ...NORTH, 'case-system', '--title', 'Case system'],
    ['subject', 'create', ...NORTH, 'auth0|5f2c', '--kind', 'person'],
    ['subject', 'create', ...NORTH, 'nightly', '--kind', 'system'],
  ]) {
    const ran = await openras(...args)
    t.equal(ran.code, 0, ran.err)
    t.equal(ran.out, '')
    t.match(ran.err, /^created the /)
  }
  const scopes = ['--scope', 'admin', '--scope', 'audit:read', '--scope', 'admin']
  const made = await spawnCli('openras', [...NEW_KEY, ...scopes], env)
  t.match(made.out, /^oras_north-shire_[0-9a-f]{12}_[\w-]{43}\n$/, 'the key alone, once')
  t.notMatch(made.err, made.out.trim().slice(-43))
  t.strictSame(await apiKeyCheck(serve())(made.out.trim()), {
    authorityId: 'north-shire',
    clientId: 'case-system',
    subjectId: 'auth0|5f2c',
    scopes: new Set(['admin', 'audit:read']),
    keyId: made.out.split('_')[2],
    expiresAt: null,
  })
})

t.test('an update is a new revision, and the latest counts', async (t) => {
  const words = [
    '--title',
    'North and East Shire',
    '--challenge-route',
    'https://north.example.test/challenge',
  ]
  t.match((await openras('authority', 'update', 'north-shire', ...words)).err, /revision 2/)
  t.strictSame(await findAuthority(serve(), 'north-shire'), {
    title: 'North and East Shire',
    challengeRoute: 'https://north.example.test/challenge',
  })
})

const makeKey = async (...more: string[]) => {
  const { out, err } = await openras(...NEW_KEY, '--scope', 'allocations:read', ...more)
  const key = out.trim()
  return { key, err, id: key.split('_')[2] ?? '', secret: key.slice(-43) }
}

t.test('a revoked key is nobody’s, and stays revoked', async (t) => {
  const { key, id } = await makeKey()
  t.hasStrict(await apiKeyCheck(serve())(key), { keyId: id })
  const revoke = ['key', 'revoke', ...NORTH, id, '--reason', 'The laptop was stolen.']
  t.equal((await openras(...revoke)).code, 0)
  t.strictSame(await apiKeyCheck(serve())(key), { refused: 'revoked' })
  isRefused(t, await openras(...revoke), 1, /revoked already, since 20/)
})

t.test('a revoked subject is denied with every key, and stays revoked', async (t) => {
  const leaver = ['--client', 'case-system', '--subject', 'leaver', '--scope', 'admin']
  await openras('subject', 'create', ...NORTH, 'leaver', '--kind', 'person')
  const { out } = await openras('key', 'create', ...NORTH, ...leaver)
  const revoke = ['subject', 'revoke', ...NORTH, 'leaver', '--reason', 'Left the council.']
  t.match((await openras(...revoke)).err, /revoked the subject leaver; services refuse it within ten seconds/)
  t.strictSame(await apiKeyCheck(serve())(out.trim()), { refused: 'subject-denied' })
  isRefused(t, await openras(...revoke), 1, /subject leaver is revoked already/)
  const ofTokens = await openras(
    'subject',
    'revoke',
    ...NORTH,
    'auth0|never-created',
    '--reason',
    'Lost laptop.',
  )
  t.equal(ofTokens.code, 0, 'a subject that only tokens name')
  t.equal(await findStanding(serve(), 'north-shire', 'auth0|never-created'), 'subject-denied')
  t.equal(await findStanding(serve(), 'north-shire', 'auth0|5f2c'), 'good')
  t.equal(await findStanding(serve(), 'south-shire', 'leaver'), 'unknown authority')
})

t.test('a key with an end works through its last day', async (t) => {
  const { key, err } = await makeKey('--expires', '2099-03-31')
  t.match(err, /works until 2099-04-01T00:00:00\.000Z/)
  t.hasStrict(await apiKeyCheck(serve())(key), { authorityId: 'north-shire' })
  const [{ today } = { today: '' }] = await query<{ today: string }>(
    cluster.adminUrl,
    "select (now() at time zone 'utc')::date::text as today",
  )
  t.not((await makeKey('--expires', today)).key, '', 'today is not over')
})

t.test('keys are listed without their secrets, which are nowhere in the database', async (t) => {
  const { id, secret } = await makeKey('--expires', '2099-03-31')
  const { out } = await openras('key', 'list', ...NORTH)
  t.match(out, /^key +client +subject +scopes +expires +revoked\n/)
  t.match(out, new RegExp(`\n${id} +case-system +auth0\\|5f2c +allocations:read +2099-04-01T\\S+ +no\n?`))
  t.match(out, / 20\S+Z The laptop was stolen\./)
  t.notMatch(out, secret)
  const rows = await query<{ text: string }>(
    cluster.adminUrl,
    `select k::text || encode(k.secret_hash, 'escape') as text from openras.api_key k
     union all select r::text from openras.api_key_revocation r`,
  )
  const all = rows.map(({ text }) => text).join()
  t.ok(all.includes(id) && !all.includes(secret))
  t.notMatch(all, Buffer.from(secret).toString('hex'))
})

t.test('what the rows forbid is refused in one line that says what to do', async (t) => {
  const north = ['north-shire', '--title', 'N', '--challenge-route', 'Write']
  const key = (client: string, subject: string) =>
    ['key', 'create', ...NORTH, '--client', client, '--subject', subject, '--scope', 'admin'] as const
  const refusals: readonly [args: readonly string[], words: RegExp][] = [
    [['authority', 'create', ...north], /north-shire exists already.*authority update/],
    [['authority', 'update', 'south-shire', ...north.slice(1)], /no authority south-shire.*authority create/],
    [['client', 'create', ...NORTH, 'case-system', '--title', 'C'], /client case-system exists already/],
    [['client', 'create', '--authority', 'south-shire', 'c', '--title', 'C'], /no authority south-shire/],
    [['subject', 'create', ...NORTH, 'nightly', '--kind', 'system'], /subject nightly exists already/],
    [
      ['subject', 'create', '--authority', 'south-shire', 's', '--kind', 'system'],
      /no authority south-shire/,
    ],
    [key('nobody', 'nightly'), /no client nobody.*client create/],
    [key('case-system', 'nobody'), /no subject nobody.*subject create/],
    [[...key('case-system', 'nightly'), '--expires', '2020-01-01'], /2020-01-01 is over/],
    [['key', 'revoke', ...NORTH, '0123456789ab', '--reason', 'R'], /no key 0123456789ab.*key list/],
    [['key', 'list', '--authority', 'south-shire'], /no authority south-shire/],
    [['subject', 'revoke', '--authority', 'south-shire', 's', '--reason', 'R'], /no authority south-shire/],
  ]
  for (const [args, words] of refusals) isRefused(t, await openras(...args), 1, words)
})

t.test('one authority’s key cannot be revoked in the name of another', async (t) => {
  const { key, id } = await makeKey()
  await openras('authority', 'create', 'east-shire', '--title', 'East', '--challenge-route', 'Write')
  isRefused(
    t,
    await openras('key', 'revoke', '--authority', 'east-shire', id, '--reason', 'R'),
    1,
    /has no key/,
  )
  t.hasStrict(await apiKeyCheck(serve())(key), { authorityId: 'north-shire' })
  t.equal((await openras('key', 'list', '--authority', 'east-shire')).out.trim().split('\n').length, 1)
})

t.test('of ten that create the same client at once, one does', async (t) => {
  const create = () => openras('client', 'create', ...NORTH, 'contested', '--title', 'C')
  const codes = (await Promise.all(Array.from({ length: 10 }, create))).map(({ code }) => code)
  t.strictSame(codes.sort(), [0, 1, 1, 1, 1, 1, 1, 1, 1, 1])
})

t.test(
  'the service’s role can neither add nor change a credential, and nobody can rewrite one',
  async (t) => {
    const tables = ['authority', 'client', 'subject', 'api_key', 'api_key_revocation']
    const set = "select set_config('openras.authority_id', 'north-shire', false);"
    for (const table of tables) {
      const insert = `${set} insert into openras.${table} select * from openras.${table} limit 1`
      await t.rejects(
        query(cluster.applicationUrl, insert),
        { code: '42501', message: /permission denied/ },
        table,
      )
      for (const change of [
        `update openras.${table} set authority_id = 'x'`,
        `delete from openras.${table}`,
      ]) {
        await t.rejects(query(cluster.applicationUrl, `${set} ${change}`), { code: '42501' }, change)
        const asOwner = `set role openras_owner; ${set} ${change}`
        await t.rejects(query(cluster.migrationUrl, asOwner), { code: '42501', message: /refused/ }, change)
      }
    }
  },
)

t.test('without an authority set, even the owner of the tables sees no credential', async (t) => {
  const seen = (more: string) =>
    query(cluster.migrationUrl, `set role openras_owner; ${more}; select key_id from openras.api_key`)
  t.strictSame(await seen('select 1'), [])
  t.strictSame(await seen("select set_config('openras.authority_id', 'east-shire', false)"), [])
  t.ok((await seen("select set_config('openras.authority_id', 'north-shire', false)")).length > 0)
})

t.test('every scope can be given to a key', async (t) => {
  const made = await openras(...NEW_KEY, ...SCOPES.flatMap((scope) => ['--scope', scope]))
  t.hasStrict(await apiKeyCheck(serve())(made.out.trim()), { scopes: new Set(SCOPES) })
})
