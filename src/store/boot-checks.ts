// What must be true of the database before the first request: durable settings, a role that can neither own nor
// escape, tables that are all forced. A service that would lose or leak must not start.
import type { Database } from './database.ts'
import { compareSchema } from './migrations.ts'

/** Everything that forbids starting on this database, in words for an operator; empty when it may start. */
export async function bootFaults(
  database: Database,
  clock: () => number = () => Date.now(),
): Promise<readonly string[]> {
  const schema = await schemaFaults(database)
  const settings = [
    ...(await settingFaults(database)),
    ...(await roleFaults(database)),
    ...(await clockFaults(database, clock)),
  ]
  return schema.length > 0 ? [...settings, ...schema] : [...settings, ...(await tableFaults(database))]
}

async function schemaFaults(database: Database): Promise<string[]> {
  const { missing, unknown } = await compareSchema(database)
  const faults: string[] = []
  if (missing.length > 0) {
    faults.push(
      `The schema is older than this release: it lacks ${missing.join(', ')}. Run "npm run migrate" first.`,
    )
  }
  if (unknown.length > 0) {
    faults.push(
      `The schema is newer than this release: it has ${unknown.join(', ')}. Start the release that made it.`,
    )
  }
  return faults
}

const DURABLE: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  data_checksums: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
}

async function settingFaults(database: Database): Promise<string[]> {
  const names = Object.keys(DURABLE).map((name) => `'${name}'`)
  const rows = await database.inspect<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in (${names.join(', ')})`,
  )
  const faults = rows
    .filter(({ name, setting }) => !DURABLE[name]?.includes(setting))
    .map(
      ({ name, setting }) =>
        `PostgreSQL's ${name} is ${setting}; it must be ${DURABLE[name]?.join(' or ')}, or acknowledged data can be lost.`,
    )
  const [server] = await database.inspect<{ encoding: string; version: number }>(
    "select pg_encoding_to_char(encoding) as encoding, current_setting('server_version_num')::int as version from pg_database where datname = current_database()",
  )
  if (server?.encoding !== 'UTF8')
    faults.push(`The database's encoding is ${server?.encoding}; it must be UTF8.`)
  if ((server?.version ?? 0) < 180000)
    faults.push(`The server is version ${server?.version}; PostgreSQL 18 or later is needed.`)
  return faults
}

async function roleFaults(database: Database): Promise<string[]> {
  const [role] = await database.inspect<{
    name: string
    super: boolean
    bypass: boolean
    owner: boolean
    member: boolean
  }>(`
    select rolname as name, rolsuper as super, rolbypassrls as bypass,
           exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname = 'openras' and pg_has_role(current_user, c.relowner, 'member')) as owner,
           exists (select from pg_roles g where g.rolname = 'openras_app' and pg_has_role(current_user, g.oid, 'member')) as member
    from pg_roles where rolname = current_user`)
  if (role === undefined) return ['The role of DATABASE_URL cannot be read.']
  const faults: string[] = []
  if (role.super) faults.push(`The role ${role.name} is a superuser.`)
  if (role.bypass) faults.push(`The role ${role.name} may bypass row-level security.`)
  if (!role.super && role.owner) faults.push(`The role ${role.name} owns tables, or may act as their owner.`)
  if (!role.member)
    faults.push(
      `The role ${role.name} is not a member of openras_app. Run "npm run migrate" with this DATABASE_URL set.`,
    )
  return faults
}

async function tableFaults(database: Database): Promise<string[]> {
  const rows = await database.inspect<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'openras' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`)
  return rows.map(({ name }) => `Row-level security is not forced on openras.${name}.`)
}

/** As far as they may differ at the start; what each write may then differ by is the database's rule. */
const MOST_MS_APART = 2_000

async function clockFaults(database: Database, clock: () => number): Promise<string[]> {
  const asked = clock()
  const [row] = await database.inspect<{ at: Date }>('select clock_timestamp() as at')
  const answered = clock()
  const at = row?.at.getTime() ?? Number.NaN
  // The database looked at its clock between the two: what the way took is held against nobody.
  const apart = Math.max(asked - at, at - answered, 0)
  if (apart <= MOST_MS_APART) return []
  const which = asked > at ? 'ahead of' : 'behind'
  return [
    `This machine's clock is ${Math.round(apart / 1000)} s ${which} the database's; at most ${MOST_MS_APART / 1000} s are allowed. Set both by NTP.`,
  ]
}
