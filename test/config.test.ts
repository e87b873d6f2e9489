// The environment is read once, whole: what is wrong in it is named together, and no value of it is repeated.
import t from 'tap'
import { readConfig } from '../src/config.ts'

t.test('nothing set is a demonstration on this machine alone', async (t) => {
  const config = readConfig({})
  t.match(config, { host: '127.0.0.1', port: 3000, databaseUrl: null, dataDir: '.openras', jwt: null })
  t.ok(Object.isFrozen(config))
})

t.test('a variable set to nothing is one not set, as compose files leave them', async (t) => {
  t.strictSame(readConfig({ PORT: '', DATABASE_URL: '' }), readConfig({}))
})

t.test('numbers and switches are read from their text', async (t) => {
  t.match(readConfig({ PORT: '8080', TRUST_PROXY: '2', POOL_SIZE: '4', DEMONSTRATION_PEOPLE: '0' }), {
    port: 8080,
    demonstrationPeople: 0,
    trustProxy: 2,
    poolSize: 4,
  })
})

const refused: { why: string; env: Record<string, string>; says: RegExp }[] = [
  { why: 'a port that is no number', env: { PORT: 'http' }, says: /PORT must be integer/ },
  { why: 'a port beyond the last', env: { PORT: '65536' }, says: /PORT must be <= 65535/ },
  {
    why: 'a database that is not PostgreSQL',
    env: { DATABASE_URL: 'mysql://a:secret@b/c' },
    says: /DATABASE_URL must be a connection string/,
  },
  {
    why: 'keys fetched over the open network',
    env: { JWT_ISSUER: 'i', JWT_AUDIENCE: 'a', JWT_JWKS_URL: 'http://keys.example/jwks' },
    says: /JWT_JWKS_URL must be an https/,
  },
  {
    why: 'tokens that live longer than a day',
    env: { JWT_MAX_LIFETIME_SECONDS: '86401' },
    says: /JWT_MAX_LIFETIME_SECONDS must be <= 86400/,
  },
  {
    why: 'tokens that live less than a minute',
    env: { JWT_MAX_LIFETIME_SECONDS: '59' },
    says: /JWT_MAX_LIFETIME_SECONDS must be >= 60/,
  },
  {
    why: 'no wrong credential at all',
    env: { REFUSALS_PER_MINUTE: '0' },
    says: /REFUSALS_PER_MINUTE must be >= 1/,
  },
  {
    why: 'one of the three token settings',
    env: { JWT_ISSUER: 'https://issuer.example' },
    says: /set together or not at all/,
  },
]

for (const { why, env, says } of refused) {
  t.test(`${why} is refused by name`, async (t) => {
    t.throws(() => readConfig(env), { name: 'ConfigurationError', message: says })
  })
}

t.test('everything wrong is told together, and no value is repeated', async (t) => {
  try {
    readConfig({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://a:secret@b/c' })
    t.fail('not refused')
  } catch (error) {
    const { message } = error as Error
    t.match(message, /PORT/)
    t.match(message, /LOG_LEVEL must be one of/)
    t.match(message, /DATABASE_URL/)
    t.notMatch(message, /secret|loud/)
  }
})

t.test('keys may be fetched from this machine itself without encryption', async (t) => {
  const jwt = { JWT_ISSUER: 'i', JWT_AUDIENCE: 'a', JWT_JWKS_URL: 'http://127.0.0.1:4000/jwks' }
  t.strictSame(readConfig(jwt).jwt, {
    issuer: 'i',
    audience: 'a',
    jwksUrl: 'http://127.0.0.1:4000/jwks',
    maxLifetimeSeconds: 86_400,
  })
})

t.test('proxies in front are a number, or addresses and networks', async (t) => {
  t.equal(readConfig({}).trustProxy, 0)
  for (const [text, proxies] of [
    ['0', 0],
    ['20', 20],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['127.0.0.1, ::1,2001:db8::/128', ['127.0.0.1', '::1', '2001:db8::/128']],
  ] as const)
    t.strictSame(readConfig({ TRUST_PROXY: text }).trustProxy, proxies, text)
  for (const text of [
    'true',
    'false',
    '-1',
    '21',
    '1.5',
    'proxy.example',
    'loopback',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '::/0',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0.0/8,',
    '10.0.0.1 10.0.0.2',
  ])
    t.throws(() => readConfig({ TRUST_PROXY: text }), {
      name: 'ConfigurationError',
      message: /TRUST_PROXY must be the number of proxies in front \(0 to 20\), or their addresses/,
    })
})
