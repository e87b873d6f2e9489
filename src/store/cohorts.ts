// Cohorts: an upload, further parts, then a seal, each an event whose facts are the cohort as it then was. What the parts
// say stands in the bodies of their events: a head on the first line, then one case a line.

import { sql } from 'kysely'
import type { Declared } from '../contract/calibration/cohort.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { Transaction } from './database.ts'
import { worthALook } from './events.ts'

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

// Each cohort `e` as the latest of its events tells it: the seal, or before it the part with the highest number.
const LATEST = sql`
  left join lateral (
    select a.envelope from openras.event a
    where a.authority_id = e.authority_id and a.about = e.event_id and (a.place = 'seal' or a.place like 'part/%')
    order by (a.place = 'seal') desc, nullif(split_part(a.place, '/', 2), '')::integer desc limit 1
  ) latest on true`
const ENVELOPE = sql`coalesce(latest.envelope, e.envelope)`

export async function findCohort(trx: Transaction, id: string): Promise<StoredCohort | null> {
  const { rows } = await sql<{ envelope: string }>`
    select ${ENVELOPE} as envelope from openras.event e
    join openras.facet f on f.authority_id = e.authority_id and f.facet_id = e.facet_id ${LATEST}
    where f.kind = 'cohort-uploaded' and e.event_id = ${id}::uuid`.execute(trx)
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
    select page.envelope from openras.facet f
    cross join lateral (
      select ${ENVELOPE} as envelope, e.event_id from openras.event e ${LATEST}
      where e.authority_id = f.authority_id and e.facet_id = f.facet_id
        and (${after}::uuid is null or e.event_id < ${after}::uuid)
        and ${worthALook(
          state === undefined
            ? sql`true`
            : sql`(${ENVELOPE}::json #>> '{facts,cohort,hash}' is null) = ${state === 'open'}::boolean`,
        )}
      order by e.event_id desc limit ${limit}
    ) page
    where f.kind = 'cohort-uploaded'
    order by page.event_id desc`.execute(trx)
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
