// What is recorded stays (P4): neither the application's role nor the owner can change a row, whatever they say.
import pg from 'pg'
import { asAdmin } from '../support/admin.ts'
import { withService } from '../support/folder.ts'
import {
  contentsOf,
  INFRASTRUCTURE,
  insertStatement,
  MUTABLE,
  rowOf,
  type Table,
  tablesOf,
} from './catalogue.ts'
import { connect, FORBIDDEN, outcomeOf } from './connections.ts'
import { populate } from './populated.ts'

export const tests = withService(
  import.meta,
  async (t, service) => {
    const avon = await populate(service, 'avon')
    const tables = await tablesOf(service.adminUrl)
    const tenants = tables.filter(({ name }) => !INFRASTRUCTURE.includes(name))

    t.test(
      'every table belongs to an authority, is forced under row-level security and guarded',
      async (t) => {
        for (const table of tables) t.ok(table.forced, `row-level security is forced on ${table.name}`)
        for (const { name, primaryKey, uniqueBeginWith, alwaysTriggers } of tenants) {
          t.equal(primaryKey[0], 'authority_id', `the primary key of ${name} begins with the authority`)
          t.same(
            [...new Set(uniqueBeginWith)],
            ['authority_id'],
            `every unique index of ${name} begins with the authority`,
          )
          if (!MUTABLE.includes(name))
            t.match(alwaysTriggers, ['refuse_change', 'refuse_truncate'], `${name} refuses change, always`)
        }
      },
    )

    t.test('no view, and no function with its owner’s rights, lets anybody past', async (t) => {
      const views = await asAdmin(
        service.adminUrl,
        `select relname from pg_class where relnamespace = 'openras'::regnamespace and (relkind = 'm'
       or relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))`,
      )
      t.same(views, [], 'every view acts with the rights of its reader')
      const definers = await asAdmin(
        service.adminUrl,
        `select proname::text as name, pg_get_userbyid(proowner)::text as owner, proconfig[1]::text as path from pg_proc
     where pronamespace = 'openras'::regnamespace and prosecdef`,
      )
      for (const { name, owner, path } of definers) {
        t.match(owner, /^openras_(writer|sequencer)$/, `${name} has the rights of a role that owns no table`)
        t.match(path, /, pg_temp$/, `${name} looks at temporary tables last`)
      }
    })

    t.test('nobody who is not named may execute anything', async (t) => {
      const open = await asAdmin(
        service.adminUrl,
        `select proname::text from pg_proc where pronamespace = 'openras'::regnamespace
         and has_function_privilege('public', oid, 'execute')`,
      )
      t.same(open, [])
    })

    t.test('the application can neither add, nor change, nor remove a row of any table', async (t) => {
      const client = await connect(t, service.applicationUrl, avon.id)
      const before = await contentsOf(service.adminUrl)
      for (const table of tables) {
        const row = OF_NOBODY[table.name] ?? (await rowOf(service.adminUrl, table, avon.id))
        t.ok(row, `${table.name} has a row to attack`)
        for (const statement of attacksOn(table))
          t.equal(await outcomeOf(client, statement), FORBIDDEN, statement)
        for (const clause of upserts(table)) {
          const statement = `${insertStatement(table)} ${clause}`
          t.equal(await outcomeOf(client, statement, [row]), FORBIDDEN, `upsert into ${table.name}`)
        }
        t.equal(
          await outcomeOf(client, insertStatement(table), [row]),
          FORBIDDEN,
          `insert into ${table.name}`,
        )
        t.equal(await outcomeOf(client, `copy openras.${table.name} from stdin`), FORBIDDEN)
      }
      t.same(await contentsOf(service.adminUrl), before)
    })

    t.test('the application can become nobody else, and make nothing in the schema', async (t) => {
      const client = await connect(t, service.applicationUrl, avon.id)
      for (const statement of ESCAPES) t.equal(await outcomeOf(client, statement), FORBIDDEN, statement)
      await client.query('set row_security = off')
      for (const { name } of tenants)
        t.equal(
          await outcomeOf(client, `select from openras.${name}`),
          FORBIDDEN,
          `${name} without its policy`,
        )
    })

    t.test(
      'the owner of the tables cannot change a row either, nor a superuser by replication',
      async (t) => {
        const before = await contentsOf(service.adminUrl)
        for (const role of ['openras_owner', 'none']) {
          const client = await connect(t, service.adminUrl, avon.id)
          if (role === 'none') await client.query('set session_replication_role = replica')
          await client.query(`set role ${role}`)
          for (const { name } of tenants.filter(({ name }) => !MUTABLE.includes(name))) {
            for (const statement of [
              `update openras.${name} set authority_id = authority_id`,
              `delete from openras.${name}`,
              `truncate openras.${name} cascade`,
            ])
              t.equal(await outcomeOf(client, statement), FORBIDDEN, `${role}: ${statement}`)
          }
        }
        t.same(await contentsOf(service.adminUrl), before)
      },
    )

    t.test('the application’s role is a plain member of openras_app', async (t) => {
      const client = new pg.Client({ connectionString: service.applicationUrl })
      await client.connect()
      t.teardown(() => client.end())
      const { rows } = await client.query(
        `select r.rolname::text as role from pg_roles r where pg_has_role(current_user, r.oid, 'member') and r.rolname <> current_user order by 1`,
      )
      t.same(rows, [{ role: 'openras_app' }])
    })
  },
  { sequencer: false },
)

const OF_NOBODY: Readonly<Record<string, object>> = {
  sequencer_progress: { only_row: true, system_identifier: 1, low: '999999' },
  event_kind: { kind: 'mine', about: [], place: null, parts: [], keyed: null, rows_of: null },
}

function attacksOn({ name, columns }: Table): string[] {
  const tab = `openras.${name}`
  const column = columns[0]
  const merge = `merge into ${tab} t using (select 1) s on true when matched then`
  return [
    `update ${tab} set ${column} = ${column}`,
    `delete from ${tab}`,
    `truncate ${tab}`,
    `truncate ${tab} cascade`,
    `${merge} update set ${column} = t.${column}`,
    `${merge} delete`,
    `select ${column} from ${tab} for update`,
    `do $$ begin lock table ${tab} in access exclusive mode; end $$`,
    `alter table ${tab} add column mine integer`,
    `alter table ${tab} disable trigger all`,
    `alter table ${tab} disable trigger refuse_change`,
    `alter table ${tab} disable row level security`,
    `alter table ${tab} no force row level security`,
    `alter table ${tab} owner to current_user`,
    `create policy mine on ${tab} using (true)`,
    `create rule mine as on insert to ${tab} do instead nothing`,
    `create trigger mine before insert on ${tab} for each row execute function openras.refuse_change()`,
    `drop table ${tab} cascade`,
  ]
}

function upserts({ primaryKey, columns }: Table): string[] {
  return [`on conflict (${primaryKey.join(', ')}) do update set ${columns[0]} = excluded.${columns[0]}`]
}

const ESCAPES = [
  'set role openras_owner',
  'set role openras_sequencer',
  'set role openras_retention',
  'set role postgres',
  'set session authorization postgres',
  'set session_replication_role = replica',
  'alter role current_user bypassrls',
  'alter role current_user superuser',
  'grant openras_owner to current_user',
  'grant openras_app to postgres',
  'create table openras.mine (id integer)',
  'create view openras.mine as select 1',
  'create function openras.mine() returns integer language sql return 1',
  `create or replace function openras.authority() returns text language sql return 'bede'`,
  'create schema mine',
  'create table public.mine (id integer)',
  'drop schema openras cascade',
  'drop function openras.authority() cascade',
  'alter function openras.sequence_events(integer) reset all',
  `call openras.guard('openras.event')`,
  'set role openras_writer',
  `select openras.rows_of_run('avon', '{}')`,
  `select openras.lock_terms('avon', true)`,
  `copy (select 1) to program 'true'`,
  `select pg_read_file('PG_VERSION')`,
  'alter system set fsync = off',
]
