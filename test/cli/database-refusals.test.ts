// What the server itself refuses, as the command line tells it to an operator.
import t from 'tap'
import { isRefused, query, runCli, startCluster } from './fixture.ts'

const cluster = await startCluster('refusing')
const env = { MIGRATION_DATABASE_URL: cluster.migrationUrl }
const LIST = ['key', 'list', '--authority', 'north-shire']

const reaching = (change: (url: URL) => void) => {
  const url = new URL(cluster.migrationUrl)
  change(url)
  return url.href
}

t.test('what PostgreSQL refuses is told in one line that says what to do', async (t) => {
  t.equal((await runCli('migrate', [], env)).code, 0)
  await query(cluster.adminUrl, "create role weak login password 'weak-secret'")
  await query(cluster.adminUrl, 'create database empty')
  const refusals: readonly [url: string, words: RegExp][] = [
    [
      reaching((url) => Object.assign(url, { password: 'wrong-secret' })),
      /28P01.*Check the name and password/,
    ],
    [reaching((url) => Object.assign(url, { pathname: '/absent' })), /3D000.*Create the database first/],
    [
      reaching((url) => Object.assign(url, { username: 'weak', password: 'weak-secret' })),
      /42501.*ran "npm run/,
    ],
    [reaching((url) => Object.assign(url, { pathname: '/empty' })), /42501.*may create in the database/],
  ]
  for (const [url, words] of refusals) {
    const ran = await runCli('migrate', [], { MIGRATION_DATABASE_URL: url })
    isRefused(t, ran, 1, words)
    t.notMatch(ran.err, /-secret/)
  }
  const weak = { MIGRATION_DATABASE_URL: refusals[2]?.[0] ?? '' }
  isRefused(t, await runCli('openras', LIST, weak), 1, /openras_owner.*42501.*ran "npm run/)
})

t.test('a schema newer than the release is refused by its name', async (t) => {
  const table = 'openras_migration.kysely_migration'
  await query(cluster.migrationUrl, `insert into ${table} values ('9999_later', '2099-01-01T00:00:00Z')`)
  isRefused(t, await runCli('migrate', [], env), 1, /9999_later/)
})
