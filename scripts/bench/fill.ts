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
  select row_number() over (order by e.event_id) - 1 as turn, count(*) over () as turns,
         e.*, p.refs, p.body, p.person_ref, p.source_ref, p.fingerprint,
         e.envelope::jsonb ->> 'at' as at, e.envelope::jsonb #>> '{payload,body}' as of_body,
         e.envelope::jsonb #>> '{payload,refs}' as of_refs
  from openras.event e
  join openras.payload p using (authority_id, event_id)
  where e.on_date is not null and e.about is null`

// Uncompressed, for they are compressed once more where they are going.
const COPIES = `
  create temp table copies (
    n bigint, turn bigint, new_event uuid, new_nonce bytea, new_person text, new_ref text, new_refs text,
    new_body text storage external, new_envelope text storage external
  )`

const FILL_COPIES = `
  insert into copies
  select n, turn, new_event, new_nonce, new_person, new_ref, new_refs, new_body,
         replace(replace(replace(replace(envelope, event_id::text, new_event::text), at, shown_at),
           of_body, openras.commitment(new_nonce, 'body', new_body)),
           of_refs, openras.commitment(new_nonce, 'refs', new_refs))
  from (
    select *, replace(replace(body, event_id::text, new_event::text), at, shown_at) as new_body,
      replace(replace(refs, '"personRef":"' || person_ref, '"personRef":"' || new_person),
        '"assessmentRef":"' || source_ref, '"assessmentRef":"' || new_ref) as new_refs
    from (
      select t.*, n, uuidv7(age) as new_event,
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
  `insert into openras.event (authority_id, event_id, facet_id, on_date, claim, points, amount, held, envelope)
   select authority_id, new_event, facet_id, on_date, gen_random_uuid(), points, amount, held, new_envelope
   from copies join templates using (turn) order by n`,
  `insert into openras.payload (authority_id, event_id, nonce, fingerprint, person_ref, source_ref, source_place, refs, body)
   select authority_id, new_event, new_nonce, fingerprint, new_person, new_ref, 0, new_refs, new_body
   from copies join templates using (turn) order by n`,
]
