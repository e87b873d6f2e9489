// Cohorts: an upload, further parts, then a seal, each an event whose facts are the cohort as it then was. What the parts
// say stands in the bodies of their events: a head on the first line, then one case a line.

import { sql } from 'kysely'
import type { Declared } from '../contract/calibration/cohort.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { Transaction } from './database.ts'

export type CohortPart = {
  readonly part: number
  readonly sha256: string
  readonly accepted: number
  readonly rejected: number
  readonly recordedAt: string
}

export type StoredCohort = {
  readonly id: string
  readonly title: string
  readonly questionnaire: VersionRef
  readonly weeksPerYear: string
  /** How the rows were made, where none of them is about a person; null where they are real cases. */
  readonly syntheticNote: string | null
  /** What it declares of its people beside their groups and ages; columns of a file may declare themselves besides. */
  readonly characteristics: readonly Declared[]
  /** From which day and before which day the cases were collected; null where nobody said. */
  readonly collectedFrom: string | null
  readonly collectedBefore: string | null
  readonly createdAt: string
  readonly createdBy: { readonly client: string; readonly subject: string }
  readonly parts: readonly CohortPart[]
  /** The hash over everything it holds; null while parts may still come. */
  readonly hash: string | null
}

/** What each event of a cohort says of it: the cohort as it then was. */
export type CohortFacts = { readonly cohort: StoredCohort }

// Each cohort as the latest of its events tells it: the seal, or before it the part with the highest number.
const COHORTS = sql`
  select e.event_id, coalesce(latest.envelope, e.envelope) as envelope
  from openras.facet f
  join openras.event e on e.authority_id = f.authority_id and e.facet_id = f.facet_id
  left join lateral (
    select a.envelope from openras.event a
    where a.authority_id = e.authority_id and a.about = e.event_id and (a.place = 'seal' or a.place like 'part/%')
    order by (a.place = 'seal') desc, nullif(split_part(a.place, '/', 2), '')::integer desc limit 1
  ) latest on true
  where f.kind = 'cohort-uploaded'`

export async function findCohort(trx: Transaction, id: string): Promise<StoredCohort | null> {
  const { rows } = await sql<{ envelope: string }>`${COHORTS} and e.event_id = ${id}::uuid`.execute(trx)
  return rows[0] === undefined ? null : cohortIn(rows[0].envelope)
}

export type CohortState = 'open' | 'sealed'

/** Newest first, by ids, which begin with the time; from the one after `after` on. */
export async function listCohorts(
  trx: Transaction,
  { state }: { readonly state?: CohortState | undefined },
  after: string | null,
  limit: number,
): Promise<readonly StoredCohort[]> {
  const { rows } = await sql<{ envelope: string }>`
    select envelope from (${COHORTS}) c
    where (${after}::uuid is null or event_id < ${after}::uuid)
      and (${state ?? null}::text is null or ${state ?? null}::text = case
        when envelope::json #>> '{facts,cohort,hash}' is null then 'open' else 'sealed'
      end)
    order by event_id desc limit ${limit}`.execute(trx)
  return rows.map(({ envelope }) => cohortIn(envelope))
}

function cohortIn(envelope: string): StoredCohort {
  return openEnvelope<CohortFacts>(envelope).facts.cohort
}

// The events of a cohort's parts in their order: the upload is the first.
const partsOf = (cohortId: string) => sql`
  select e.authority_id, e.event_id, coalesce(nullif(split_part(e.place, '/', 2), '')::integer, 1) as part
  from openras.event e
  where e.event_id = ${cohortId}::uuid or e.about = ${cohortId}::uuid and e.place like 'part/%'`

/** Which of the references earlier parts have already. The lines are looked through where they are kept. */
export async function knownRefs(
  trx: Transaction,
  cohortId: string,
  refs: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ ref: string }>`
    with earlier as (
      select line::json ->> 0 as ref
      from (${partsOf(cohortId)}) s
      join openras.payload p on p.authority_id = s.authority_id and p.event_id = s.event_id,
      string_to_table(p.body, E'\\n') with ordinality as lines (line, place)
      where place > 1
    )
    select ref from earlier where ref = any(${refs}::text[])`.execute(trx)
  return new Set(rows.map(({ ref }) => ref))
}

/** The heads of the parts in their order; null where one was erased. */
export async function partHeads(trx: Transaction, cohortId: string): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ head: string | null }>`
    select split_part(p.body, E'\\n', 1) as head
    from (${partsOf(cohortId)}) s
    left join openras.payload p on p.authority_id = s.authority_id and p.event_id = s.event_id
    order by s.part`.execute(trx)
  return rows.map(({ head }) => head)
}

/** The whole text of a part; null where it was erased. */
export async function partBody(trx: Transaction, cohortId: string, part: number): Promise<string | null> {
  const { rows } = await sql<{ body: string }>`
    select p.body from (${partsOf(cohortId)}) s
    join openras.payload p on p.authority_id = s.authority_id and p.event_id = s.event_id
    where s.part = ${part}`.execute(trx)
  return rows[0]?.body ?? null
}
