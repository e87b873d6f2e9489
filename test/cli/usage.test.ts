// Command lines and settings that cannot be meant: one line on stderr, the right exit code, and no secret repeated.
import t from 'tap'
import { readArguments, UsageError } from '../../src/cli/arguments.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { runCli, spawnCli } from './fixture.ts'

const NOWHERE = 'postgres://someone:hidden-secret@127.0.0.1:1/ras'
const env = { MIGRATION_DATABASE_URL: NOWHERE }
const SECRET = `oras_north-shire_0123456789ab_${'s'.repeat(43)}`
const KEY = ['key', 'create', '--authority', 'north', '--client', 'c', '--subject', 's']
const AUTHORITY = ['authority', 'create', 'north', '--title', 'N', '--challenge-route', 'Write']

const misread: readonly [args: readonly string[], words: RegExp][] = [
  [['key', 'list'], /--authority is missing/],
  [['key', 'list', '--authority'], /argument missing/],
  [['key', 'list', '--authority', 'North'], /found "North"; expected 2 to 63 lower-case/],
  [['key', 'list', '--authority', SECRET], /found an API key/],
  [['key', 'list', '--authority', 'a1', '--authority', 'b1'], /--authority is given 2 times/],
  [['key', 'list', '--authority', 'a1', 'more'], /"more" is one argument too many/],
  [['key', 'list', '--authority', 'a1', '--json'], /Unknown option '--json'. Expected --authority/],
  [KEY, /--scope is missing/],
  [[...KEY, '--scope', 'root'], /found "root"; expected one of assessments:write/],
  [[...KEY, '--scope', 'admin,audit:read'], /found "admin,audit:read"/],
  [[...KEY, '--scope', 'admin', '--expires', '2027-02-30'], /found "2027-02-30"; expected a date/],
  [[...KEY, '--scope', 'admin', '--expires', '31/03/2027'], /expected a date/],
  [[...KEY, '--scope', 'admin', '--client', 'd'], /--client is given 2 times/],
  [['key', 'revoke', '--authority', 'north', SECRET, '--reason', 'R'], /found an API key; expected the 12/],
  [['key', 'revoke', '--authority', 'north', '--reason', 'R'], /<key> is missing/],
  [['key', 'revoke', '--authority', 'north', '0123456789ab'], /--reason is missing/],
  [['key', 'revoke', '--authority', 'north', '0123456789ab', '--reason', ' '], /expected one line/],
  [['subject', 'create', '--authority', 'north', 's', '--kind', 'robot'], /expected person or system/],
  [['subject', 'create', '--authority', 'north', 'a b', '--kind', 'person'], /without spaces/],
  [['client', 'create', '--authority', 'north', 'naïve', '--title', 'C'], /printable ASCII/],
  [['authority', 'create', '--title', 'N', '--challenge-route', 'R'], /<authority> is missing/],
  [['authority', 'create', 'north', 'shire', '--title', 'N', '--challenge-route', 'R'], /too many/],
  [['authority', 'create', 'north', '--title', 'a\nb', '--challenge-route', 'R'], /expected one line/],
  [['authority', 'create', 'north', '--title', 'x'.repeat(501), '--challenge-route', 'R'], /1 to 500/],
]

t.test('arguments that cannot be meant are told why', async (t) => {
  for (const [args, words] of misread) {
    const form = COMMANDS[args.slice(0, 2).join(' ')] ?? { options: {} }
    const error = thrown(() => readArguments(form, args.slice(2)))
    t.ok(error instanceof UsageError, args.join(' '))
    t.match(error, { message: words })
    t.notMatch(error, { message: /ssss|\n/ })
  }
})

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

const wrong: readonly [args: readonly string[], words: RegExp][] = [
  [[], /found no command; expected one of authority create/],
  [['key'], /found "key"/],
  [['key', 'delete'], /found "key delete"/],
  [['__proto__'], /found "__proto__"/],
  [['constructor', 'name'], /found "constructor name"/],
  [[SECRET], /found an API key/],
  [KEY, /--scope is missing\. Usage: key create --authority <id>/],
  [['key', 'revoke', '--authority', 'north', SECRET, '--reason', 'R'], /found an API key; expected the 12/],
]

t.test('a wrong command line ends with code 2, in one line, and never repeats a key', async (t) => {
  for (const [args, words] of wrong) {
    const { code, out, err } = await runCli('openras', args, env)
    t.equal(code, 2, args.join(' '))
    t.match(err, words)
    t.equal(err.split('\n').length, 2, 'one line')
    t.notMatch(err, /ssss|hidden-secret/)
    t.equal(out, '')
  }
})

t.test('a process of its own ends with that code, and says the same', async (t) => {
  const args = ['key', 'delete']
  t.strictSame(await spawnCli('openras', args, env), await runCli('openras', args, env))
})

t.test('help explains each command on standard output', async (t) => {
  const all = await runCli('openras', ['--help'], {})
  t.equal(all.code, 0)
  t.match(all.out, /key create --authority <id> .* --scope <scope> … \[--expires <date>\]/)
  const one = await runCli('openras', ['key', 'list', '--help'], {})
  t.match(one.out, /key list --authority <id>/)
  t.notMatch(one.out, /key create/)
})

const settings: readonly [env: Record<string, string>, words: RegExp][] = [
  [{}, /MIGRATION_DATABASE_URL is not set\. Set it/],
  [{ MIGRATION_DATABASE_URL: '' }, /is not set/],
  [
    { MIGRATION_DATABASE_URL: 'mysql://a:hidden-secret@h/d' },
    /MIGRATION_DATABASE_URL must be a connection string/,
  ],
  [{ MIGRATION_DATABASE_URL: 'postgres://a:hidden-secret@h:port/d' }, /cannot be read/],
  [env, /cannot be reached \(ECONNREFUSED\)\. Check its host and port/],
  [{ MIGRATION_DATABASE_URL: NOWHERE.replace('127.0.0.1', 'localhost') }, /cannot be reached/],
  [{ MIGRATION_DATABASE_URL: NOWHERE.replace('127.0.0.1', 'no-such-host.invalid') }, /cannot be reached/],
]

t.test('settings that cannot work are told in one line without the password', async (t) => {
  for (const [given, words] of settings) {
    for (const [script, args] of [
      ['migrate', []],
      ['openras', AUTHORITY],
    ] as const) {
      const { code, out, err } = await runCli(script, args, given)
      t.equal(code, 1, err)
      t.match(err, words)
      t.equal(err.split('\n').length, 2, 'one line')
      t.notMatch(err, /hidden-secret/)
      t.equal(out, '')
    }
  }
})

t.test('a DATABASE_URL that cannot serve is refused before anything is done', async (t) => {
  for (const DATABASE_URL of [
    NOWHERE,
    'postgres://127.0.0.1/ras',
    'postgres://a:hidden-secret%@127.0.0.1/d',
  ]) {
    const { code, err } = await runCli('migrate', [], { ...env, DATABASE_URL })
    t.equal(code, 1)
    t.match(err, /both name the role someone|names no role|cannot be read/)
    t.notMatch(err, /hidden-secret/)
  }
})
