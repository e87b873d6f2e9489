// The environment, parsed once into one frozen object; nothing else reads it. docs/operations.md describes each.
import { type Static, Type } from '@sinclair/typebox'
import { envSchema } from 'env-schema'
import { type Proxies, proxiesIn } from './proxies.ts'

const Environment = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535 }),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  MIGRATION_DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATA_DIR: Type.String({ default: '.openras', minLength: 1 }),
  DEMONSTRATION_PEOPLE: Type.Integer({ default: 5000, minimum: 0, maximum: 50_000 }),
  LOG_ORIGIN: Type.Optional(
    Type.String({ pattern: '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[a-z0-9._-]+)*$', maxLength: 200 }),
  ),
  LOG_KEY_FILE: Type.Optional(Type.String({ minLength: 1 })),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  POOL_SIZE: Type.Integer({ default: 16, minimum: 2, maximum: 200 }),
  PUBLIC_ESTIMATES_PER_MINUTE: Type.Integer({ default: 30, minimum: 1, maximum: 100_000 }),
  UPLOADS_AT_ONCE: Type.Integer({ default: 2, minimum: 1, maximum: 20 }),
  REFUSALS_PER_MINUTE: Type.Integer({ default: 20, minimum: 1, maximum: 100_000 }),
  TRUST_PROXY: Type.String({ default: '0', format: 'proxies' }),
  DRAIN_SECONDS: Type.Integer({ default: 20, minimum: 1, maximum: 300 }),
  UNREADY_SECONDS: Type.Integer({ default: 0, minimum: 0, maximum: 60 }),
  JWT_ISSUER: Type.Optional(Type.String({ minLength: 1 })),
  JWT_AUDIENCE: Type.Optional(Type.String({ minLength: 1 })),
  JWT_JWKS_URL: Type.Optional(
    Type.String({ pattern: '^(https://|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/])' }),
  ),
  JWT_MAX_LIFETIME_SECONDS: Type.Integer({ default: 86_400, minimum: 60, maximum: 86_400 }),
})

export type Config = {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string | null
  readonly migrationDatabaseUrl: string | null
  readonly dataDir: string
  /** How many people the embedded start's council about nobody has; 0 for none. */
  readonly demonstrationPeople: number
  /** The name under which the logs are signed, and the file of the key; null where not set. */
  readonly logOrigin: string | null
  readonly logKeyFile: string | null
  readonly logLevel: string
  readonly poolSize: number
  readonly publicEstimatesPerMinute: number
  /** How many cohort files are read at the same time. */
  readonly uploadsAtOnce: number
  readonly refusalsPerMinute: number
  readonly trustProxy: Proxies
  /** How long requests under way may take after a signal to stop. */
  readonly drainSeconds: number
  /** How long the service says "not ready" and still serves, so that a load balancer looks away first. */
  readonly unreadySeconds: number
  readonly jwt: {
    readonly issuer: string
    readonly audience: string
    readonly jwksUrl: string
    readonly maxLifetimeSeconds: number
  } | null
}

/** Reads `process.env`, or throws an error that names each variable at fault and what it must be, never what it is. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // A variable set to nothing means the same as one not set: that is how compose files leave a thing out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = checkedEnvironment(given)
  return Object.freeze({
    host: read.HOST,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL ?? null,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL ?? null,
    dataDir: read.DATA_DIR,
    demonstrationPeople: read.DEMONSTRATION_PEOPLE,
    logOrigin: read.LOG_ORIGIN ?? null,
    logKeyFile: read.LOG_KEY_FILE ?? null,
    logLevel: read.LOG_LEVEL,
    poolSize: read.POOL_SIZE,
    publicEstimatesPerMinute: read.PUBLIC_ESTIMATES_PER_MINUTE,
    uploadsAtOnce: read.UPLOADS_AT_ONCE,
    refusalsPerMinute: read.REFUSALS_PER_MINUTE,
    trustProxy: proxiesIn(read.TRUST_PROXY) ?? 0,
    drainSeconds: read.DRAIN_SECONDS,
    unreadySeconds: read.UNREADY_SECONDS,
    jwt: jwtSettings(read),
  })
}

const EXPECTED: Readonly<Record<string, string>> = {
  DATABASE_URL: 'a connection string, postgres://USER:PASSWORD@HOST:PORT/DATABASE',
  MIGRATION_DATABASE_URL: 'a connection string, postgres://USER:PASSWORD@HOST:PORT/DATABASE',
  JWT_JWKS_URL: 'an https:// address; http:// only on this machine itself',
  TRUST_PROXY:
    'the number of proxies in front (0 to 20), or their addresses and networks with commas, such as 10.0.0.0/8',
  LOG_ORIGIN: 'a host name of the council, with a path if wanted, such as openras.example.gov.uk',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
}

// Says which variable and what is expected, and never repeats a value: it may hold a password.
function checkedEnvironment(given: NodeJS.ProcessEnv): Static<typeof Environment> {
  try {
    return envSchema<Static<typeof Environment>>({
      schema: Environment,
      data: given,
      env: false,
      ajv: {
        customOptions: (ajv) => ajv.addFormat('proxies', (text) => proxiesIn(text) !== undefined),
      },
    })
  } catch (error) {
    const { errors = [] } = error as { errors?: { instancePath: string; message?: string }[] }
    const faults = new Map(
      errors.map(({ instancePath, message }) => [instancePath.slice(1), message ?? 'is not usable']),
    )
    if (faults.size === 0) throw error
    const lines = [...faults].map(
      ([name, message]) => `${name} ${EXPECTED[name] ? `must be ${EXPECTED[name]}` : message}.`,
    )
    throw new ConfigurationError(
      `The environment cannot be used. ${lines.join(' ')} docs/operations.md describes each variable.`,
    )
  }
}

/** What an operator can fix in the environment: told in words, without a stack. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

function jwtSettings(read: Static<typeof Environment>): Config['jwt'] {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS_URL: jwksUrl } = read
  if (issuer === undefined && audience === undefined && jwksUrl === undefined) return null
  if (issuer === undefined || audience === undefined || jwksUrl === undefined) {
    throw new ConfigurationError(
      'JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL are set together or not at all; one or two are missing.',
    )
  }
  return { issuer, audience, jwksUrl, maxLifetimeSeconds: read.JWT_MAX_LIFETIME_SECONDS }
}
