// Fills a database with history: copies of allocations that the service itself recorded, every row as the service
// would have written it (ids, instants, texts and hashes agree), a year of them, with the log kept in step.
import pg from 'pg'
import { type BenchDatabase, onServer } from './database.ts'

const BATCH = 20_000

/** Adds `rows` copies of what is recorded in the database, in turns; tells how far it has come. */
export async function fill(
  { adminUrl }: BenchDatabase,
  rows: number,
  told: (done: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  // What is filled in is of other days, which the clock of the database refuses.
  await client.query('set session_replication_role = replica')
  try {
    // Foreign keys hold by construction here; checking a million of them would be most of the time.
    await client.query('set session_replication_role = replica')
    await client.query(TEMPLATES)
    for (let done = 0; done < rows; done += BATCH) {
      const count = Math.min(BATCH, rows - done)
      await client.query('begin')
      await client.query(COPIES)
      await client.query(FILL_COPIES, [done, count, rows])
      for (const statement of INSERTS) await client.query(statement)
      await client.query('drop table copies')
      await client.query('commit')
      await client.query('select openras.sequence_events($1)', [2 * BATCH])
      told(done + count)
    }
  } finally {
    await client.end()
  }
  await onServer(adminUrl, 'vacuum analyze')
  await onServer(adminUrl, 'checkpoint')
}

const TEMPLATES = `
  create temp table templates as
  select row_number() over (order by l.allocation_id) - 1 as turn, count(*) over () as turns,
         e.kind, e.event_id, e.envelope, p.body, p.person_ref, p.assessment_ref,
         to_jsonb(a) as assessment, to_jsonb(l) as allocation, a.assessment_id, l.allocation_id,
         e.envelope::jsonb ->> 'at' as at, e.envelope::jsonb ->> 'payload' as payload,
         i.client_id, i.fingerprint, i.status, e.authority_id
  from openras.event e
  join openras.payload p using (authority_id, event_id)
  join openras.assessment a using (authority_id, event_id)
  join openras.allocation l using (authority_id, event_id)
  join openras.intake_request i using (authority_id, event_id)`

// Uncompressed, for they are compressed once more where they are going.
const COPIES = `
  create temp table copies (
    n bigint, turn bigint, new_event uuid, new_assessment uuid, new_allocation uuid, new_at timestamptz,
    new_nonce bytea, new_person text, new_ref text,
    new_body text storage external, new_envelope text storage external
  )`

const FILL_COPIES = `
  insert into copies
  select n, turn, new_event, new_assessment, new_allocation, new_at, new_nonce, new_person, new_ref, new_body,
         replace(replace(replace(replace(replace(envelope,
           event_id::text, new_event::text), allocation_id::text, new_allocation::text),
           assessment_id::text, new_assessment::text), at, shown_at),
           payload, encode(sha256(new_nonce || convert_to(new_body, 'UTF8')), 'hex'))
  from (
    select *, replace(replace(replace(replace(replace(body,
        allocation_id::text, new_allocation::text), assessment_id::text, new_assessment::text), at, shown_at),
        '"personRef":"' || person_ref, '"personRef":"' || new_person),
        '"assessmentRef":"' || assessment_ref, '"assessmentRef":"' || new_ref) as new_body
    from (
      select t.*, n, uuidv7(age) as new_event, uuidv7(age) as new_assessment, uuidv7(age) as new_allocation,
             date_trunc('milliseconds', now() + age) as new_at,
             to_char((now() + age) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as shown_at,
             sha256(convert_to(n || random()::text, 'UTF8')) as new_nonce,
             'P-' || (random() * $3 / 4)::int as new_person, 'H-' || n as new_ref
      from (select g as n, make_interval(secs => (g::float8 - $3) * 31) as age
            from generate_series($1::int, $1::int + $2::int - 1) g) numbers
      join templates t on t.turn = n % t.turns
      offset 0
    ) named
    offset 0
  ) bodies`

// A row as it was recorded, with its own ids and instants in place of the first one's.
const INSERTS = [
  `insert into openras.event (authority_id, event_id, kind, envelope)
   select authority_id, new_event, kind, new_envelope from copies join templates using (turn) order by n`,
  `insert into openras.payload (authority_id, event_id, nonce, body, person_ref, assessment_ref, assessment_revision, assessment_place)
   select authority_id, new_event, new_nonce, new_body, new_person, new_ref, 1, 0 from copies join templates using (turn) order by n`,
  `insert into openras.intake_request (authority_id, client_id, idempotency_key, fingerprint, event_id, status)
   select authority_id, client_id, gen_random_uuid()::text, fingerprint, new_event, status
   from copies join templates using (turn) order by n`,
  `insert into openras.assessment
   select (row).* from (select jsonb_populate_record(null::openras.assessment, assessment || jsonb_build_object(
     'assessment_id', new_assessment, 'event_id', new_event, 'recorded_at', new_at)) as row
     from copies join templates using (turn) order by n offset 0) filled`,
  `insert into openras.allocation
   select (row).* from (select jsonb_populate_record(null::openras.allocation, allocation || jsonb_build_object(
     'allocation_id', new_allocation, 'assessment_id', new_assessment, 'event_id', new_event,
     'created_at', new_at)) as row
     from copies join templates using (turn) order by n offset 0) filled`,
]
