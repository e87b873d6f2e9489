// The schema as PostgreSQL itself describes it: trust tests ask for every table, so that a new one is covered the day
// it is made.
import type { TestService } from '../support/service.ts'
import { asAdmin } from '../support/service.ts'

export type Table = {
  readonly name: string
  readonly forced: boolean
  /** Every column that a statement may write, in order. */
  readonly columns: readonly string[]
  readonly primaryKey: readonly string[]
  /** The first column of each unique index, the primary key's included. */
  readonly uniqueBeginWith: readonly string[]
  /** The triggers that fire whatever session_replication_role says. */
  readonly alwaysTriggers: readonly string[]
}

/** How far the sequencer has come: a table that is no authority's, and changes by itself. */
const PROGRESS = 'sequencer_progress'

/** Tables that are no authority's. */
export const INFRASTRUCTURE: readonly string[] = [PROGRESS, 'event_kind']

/** What can be made again from the events, and whose rows therefore come and go. */
export const MUTABLE: readonly string[] = ['run_queue', 'log_head']

export async function tablesOf(adminUrl: string): Promise<readonly Table[]> {
  const rows = await asAdmin(
    adminUrl,
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
             and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select a.attname::text from pg_index i
             cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
             join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
             where i.indrelid = c.oid and i.indisprimary order by k.place) as "primaryKey",
       array(select coalesce(a.attname::text, '(expression)') from pg_index i
             left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
             where i.indrelid = c.oid and i.indisunique) as "uniqueBeginWith",
       array(select g.tgname::text from pg_trigger g where g.tgrelid = c.oid and g.tgenabled = 'A') as "alwaysTriggers"
     from pg_class c where c.relnamespace = 'openras'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  )
  return rows as unknown as readonly Table[]
}

/** Rows and a hash over all of them, for each table: equal before and after means that nothing was changed. */
export async function contentsOf(adminUrl: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for (const { name } of await tablesOf(adminUrl)) {
    const [row] = await asAdmin(
      adminUrl,
      `select count(*) || ' rows ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as now from openras.${name} t`,
    )
    contents[name] = String(row?.now)
  }
  return contents
}

/** As `contentsOf`, without what the log's own progress changes by itself. */
export async function recordsOf(service: TestService): Promise<Record<string, string>> {
  await service.sequenced()
  const { [PROGRESS]: _progress, ...records } = await contentsOf(service.adminUrl)
  return records
}

/** One stored row of an authority as JSON, without the columns that are generated. */
export async function rowOf(adminUrl: string, table: Table, authority: string): Promise<object | null> {
  const columns = table.columns.map((name) => `'${name}', t.${name}`).join(', ')
  const [row] = await asAdmin(
    adminUrl,
    `select jsonb_build_object(${columns}) as row from openras.${table.name} t where authority_id = $1 limit 1`,
    [authority],
  )
  return (row?.row as object | undefined) ?? null
}

/** The statement that adds the row given as JSON in $1. */
export function insertStatement({ name, columns }: Table): string {
  const list = columns.join(', ')
  return `insert into openras.${name} (${list}) select ${list} from jsonb_populate_record(null::openras.${name}, $1::jsonb)`
}
