// What a page of a list costs does not grow with the history behind it: counted in the rows that PostgreSQL touches.
import { sql } from 'kysely'
import { listRuns } from '../../src/store/calibration-runs.ts'
import { listCohorts } from '../../src/store/cohorts.ts'
import type { Database, Transaction } from '../../src/store/database.ts'
import { asAdmin } from '../support/admin.ts'
import { withService } from '../support/folder.ts'

const HISTORY = 5_000
const PAGE = 20

// A cohort in four is open, a run in five hundred failed, and one in six belongs to the cohort that is asked about.
const COHORT = '019a0000-0000-7000-8000-000000000001'
const LATER = '019a0000-0000-7000-8000-000000000800'
const LATER_RUN = '019b0000-0000-7000-8000-000000000800'
const id = (n: string) => `('019a0000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const RUN = (n: string) => `('019b0000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const ENVELOPE = (kind: string, facts: string) =>
  `jsonb_build_object('kind', '${kind}', 'at', now(), 'actor', '{}'::jsonb, 'event', 'x', 'facts', ${facts})::text`

export const tests = withService(import.meta, async (t, { adminUrl, database, authority }) => {
  const { id: avon } = await authority('avon')
  await asAdmin(
    adminUrl,
    `begin;
   set local session_replication_role = replica;
   insert into openras.facet (authority_id, facet_id, kind, outcome) values
     ('${avon}', 'c', 'cohort-uploaded', null), ('${avon}', 's', 'cohort-sealed', null),
     ('${avon}', 'r', 'calibration-run-requested', null),
     ('${avon}', 'd', 'calibration-run-finished', 'done'), ('${avon}', 'f', 'calibration-run-finished', 'failed');
   insert into openras.event (authority_id, event_id, facet_id, envelope)
     select '${avon}', ${id('n')}, 'c', ${ENVELOPE('cohort-uploaded', `'{"cohort":{"hash":null}}'::jsonb`)}
     from generate_series(1, ${HISTORY}) n;
   insert into openras.event (authority_id, event_id, facet_id, about, place, envelope)
     select '${avon}', gen_random_uuid(), 's', ${id('n')}, 'seal', ${ENVELOPE('cohort-sealed', `'{"cohort":{"hash":"h"}}'::jsonb`)}
     from generate_series(1, ${HISTORY}) n where n % 4 > 0;
   insert into openras.event (authority_id, event_id, facet_id, about, place, envelope)
     select '${avon}', ${RUN('n')}, 'r', ${id('case when n % 6 = 0 then 1 else n end')}, 'run/' || ${RUN('n')},
       ${ENVELOPE('calibration-run-requested', `'{"request":{},"calibrationRun":{"cohortId":"c"}}'::jsonb`)}
     from generate_series(1, ${HISTORY}) n;
   insert into openras.event (authority_id, event_id, facet_id, about, place, envelope)
     select '${avon}', gen_random_uuid(), case when n % 500 = 7 then 'f' else 'd' end::bytea, ${RUN('n')}, 'end',
       ${ENVELOPE('calibration-run-finished', `jsonb_build_object('calibrationRun', jsonb_build_object('state', case when n % 500 = 7 then 'failed' else 'done' end))`)}
     from generate_series(1, ${HISTORY}) n;
   commit;`,
  )
  await asAdmin(adminUrl, 'analyze')

  t.test('a page touches as many rows as it has, whatever the history behind it', async (t) => {
    const pages: Readonly<Record<string, (trx: Transaction) => Promise<readonly unknown[]>>> = {
      cohorts: (trx) => listCohorts(trx, {}, null, PAGE),
      'later cohorts': (trx) => listCohorts(trx, {}, LATER, PAGE),
      'sealed cohorts': (trx) => listCohorts(trx, { state: 'sealed' }, null, PAGE),
      'open cohorts': (trx) => listCohorts(trx, { state: 'open' }, null, PAGE),
      runs: (trx) => listRuns(trx, {}, null, PAGE),
      'later runs': (trx) => listRuns(trx, {}, LATER_RUN, PAGE),
      'runs that are done': (trx) => listRuns(trx, { state: 'done' }, null, PAGE),
      'runs of a cohort': (trx) => listRuns(trx, { cohortId: COHORT }, null, PAGE),
      'runs of a cohort that are done': (trx) =>
        listRuns(trx, { cohortId: COHORT, state: 'done' }, null, PAGE),
    }
    for (const [name, page] of Object.entries(pages)) {
      const { found, touched } = await measured(database, avon, page)
      t.equal(found, PAGE, name)
      t.ok(touched <= PAGE * 25, `${name}: ${touched} touched`)
    }
    const failed = await measured(database, avon, (trx) => listRuns(trx, { state: 'failed' }, null, PAGE))
    t.equal(failed.found, HISTORY / 500)
    t.ok(failed.touched <= PAGE * 20, `the few that failed: ${failed.touched} touched`)
  })
})

async function measured(
  database: Database,
  authority: string,
  page: (trx: Transaction) => Promise<readonly unknown[]>,
) {
  return database.asAuthority(authority, async (trx) => {
    const before = await touchedBy(trx)
    const { length } = await page(trx)
    return { found: length, touched: (await touchedBy(trx)) - before }
  })
}

/** Rows and index entries that this session has read, since PostgreSQL last counted them for everybody. */
async function touchedBy(trx: Transaction): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))::int as n
    from pg_class where relnamespace = 'openras'::regnamespace`.execute(trx)
  return rows[0]?.n ?? 0
}
