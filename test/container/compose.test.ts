// The compose file is the pattern that deployments are copied from: what is unsafe here is unsafe everywhere.
import { readFileSync } from 'node:fs'
import t from 'tap'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const compose = read('docker-compose.yml').replaceAll(/^\s*#.*\n/gm, '')

/** The lines of one block: from its heading to the next one that is not further in. */
function block(heading: string): string {
  const lines = compose.split('\n')
  const from = lines.findIndex((line) => line.trim() === heading || line.trim().startsWith(`${heading} &`))
  const depth = (line: string): number => line.search(/\S/)
  const rest = lines.slice(from + 1)
  const length = rest.findIndex((line) => line.trim() !== '' && depth(line) <= depth(lines[from] ?? ''))
  return rest.slice(0, length === -1 ? undefined : length).join('\n')
}

const shared = block('x-openras:')
const postgres = block('postgres:')
const migration = block('migrate:')
const openras = block('openras:')

t.test('the containers of the project can change nothing and gain nothing', async (t) => {
  for (const promise of [
    /read_only: true/,
    /cap_drop:\s+- ALL/,
    /no-new-privileges:true/,
    /tmpfs:\s+- \/tmp/,
  ]) {
    t.match(shared, promise)
  }
  for (const container of [migration, openras]) t.match(container, /<<: \*openras/)
  t.notMatch(compose, /privileged: true|network_mode: host|docker\.sock/)
})

t.test('the schema is changed by a step of its own, and the service waits for its success', async (t) => {
  t.match(migration, /command: \["node", "src\/cli\/migrate\.ts"\]/)
  t.match(migration, /postgres:\s+condition: service_healthy/)
  t.match(migration, /restart: "no"/)
  t.match(openras, /migrate:\s+condition: service_completed_successfully/)
})

t.test("only the migration knows the owner's password", async (t) => {
  t.match(migration, /MIGRATION_DATABASE_URL: .*POSTGRES_PASSWORD/)
  t.notMatch(openras, /MIGRATION_DATABASE_URL|POSTGRES_PASSWORD/)
})

t.test('no password has a default, and the example file names each one', async (t) => {
  const secrets = [...compose.matchAll(/\$\{(\w*PASSWORD)([^}]*)\}/g)]
  t.ok(secrets.length >= 3)
  for (const [, name = '', demand = ''] of secrets) {
    t.match(demand, /^:\?set \w+ in \.env/, name)
    t.match(read('.env.example'), new RegExp(`^${name}=$`, 'm'))
  }
})

t.test('PostgreSQL 18 keeps its data in a volume, where that version looks for them', async (t) => {
  t.match(postgres, /image: postgres:18$/m)
  t.match(postgres, /- postgres:\/var\/lib\/postgresql$/m)
  t.match(postgres, /pg_isready/)
  t.notMatch(postgres, /ports:/, 'the database is for the other containers only')
})

t.test('the service is published on this host alone: TLS ends in front of it', async (t) => {
  t.same(
    [...openras.matchAll(/- "([^"]*:3000)"/g)].map(([, port]) => port),
    ['127.0.0.1:3000:3000'],
  )
})

t.test('a stop leaves more time than draining takes', async (t) => {
  const seconds = (pattern: RegExp): number => Number(pattern.exec(openras)?.[1])
  t.ok(
    seconds(/stop_grace_period: (\d+)s/) > seconds(/DRAIN_SECONDS: "(\d+)"/) + 60,
    '60 is the most UNREADY_SECONDS',
  )
})
