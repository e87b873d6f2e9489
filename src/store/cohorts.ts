// Cohorts and their steps: parts, then a seal. What the parts say stands in the payloads of their events: a head on
// the first line, then one case a line.

import { type Insertable, type Selectable, sql } from 'kysely'
import type { Declared } from '../contract/calibration/cohort.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import type { Transaction } from './database.ts'
import type { Schema } from './schema.ts'

export type CohortPart = {
  readonly part: number
  readonly eventId: string
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

export async function findCohort(trx: Transaction, id: string): Promise<StoredCohort | null> {
  const row = await trx
    .selectFrom('openras.cohort')
    .selectAll()
    .where('cohort_id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  return (await withSteps(trx, [row]))[0] ?? null
}

export type CohortState = 'open' | 'sealed'

/** Newest first, by ids, which begin with the time; from the one after `after` on. */
export async function listCohorts(
  trx: Transaction,
  { state }: { readonly state?: CohortState | undefined },
  after: string | null,
  limit: number,
): Promise<readonly StoredCohort[]> {
  const sealed = sql<boolean>`exists (
    select from openras.cohort_step s
    where s.authority_id = c.authority_id and s.cohort_id = c.cohort_id and s.kind = 'seal')`
  const rows = await trx
    .selectFrom('openras.cohort as c')
    .selectAll('c')
    .$if(after !== null, (query) => query.where('c.cohort_id', '<', after ?? ''))
    .$if(state === 'sealed', (query) => query.where(sealed))
    .$if(state === 'open', (query) => query.where(sql<boolean>`not ${sealed}`))
    .orderBy('c.cohort_id', 'desc')
    .limit(limit)
    .execute()
  return withSteps(trx, rows)
}

async function withSteps(
  trx: Transaction,
  rows: readonly Selectable<Schema['openras.cohort']>[],
): Promise<readonly StoredCohort[]> {
  const steps = await trx
    .selectFrom('openras.cohort_step')
    .selectAll()
    .where(sql<boolean>`cohort_id = any(${rows.map((row) => row.cohort_id)}::uuid[])`)
    .orderBy('ordinal')
    .execute()
  const of = Map.groupBy(steps, ({ cohort_id }) => cohort_id)
  return rows.map((row) => cohortOf(row, of.get(row.cohort_id) ?? []))
}

function cohortOf(
  row: Selectable<Schema['openras.cohort']>,
  steps: readonly Selectable<Schema['openras.cohort_step']>[],
): StoredCohort {
  return {
    id: row.cohort_id,
    title: row.title,
    questionnaire: { key: row.questionnaire_key, version: row.questionnaire_version },
    weeksPerYear: row.weeks_per_year,
    syntheticNote: row.synthetic_note,
    characteristics: row.characteristics as readonly Declared[],
    collectedFrom: row.collected_from,
    collectedBefore: row.collected_before,
    createdAt: row.recorded_at.toISOString(),
    createdBy: { client: row.client_id, subject: row.subject_id },
    parts: steps.flatMap(({ ordinal, event_id, sha256, accepted, rejected, recorded_at }) =>
      sha256 === null || accepted === null || rejected === null
        ? []
        : {
            part: ordinal,
            eventId: event_id,
            sha256,
            accepted,
            rejected,
            recordedAt: recorded_at.toISOString(),
          },
    ),
    hash: steps.at(-1)?.cohort_hash ?? null,
  }
}

export async function insertCohort(
  trx: Transaction,
  authorityId: string,
  eventId: string,
  cohort: StoredCohort,
): Promise<void> {
  await trx
    .insertInto('openras.cohort')
    .values({
      authority_id: authorityId,
      cohort_id: cohort.id,
      event_id: eventId,
      title: cohort.title,
      questionnaire_key: cohort.questionnaire.key,
      questionnaire_version: cohort.questionnaire.version,
      weeks_per_year: cohort.weeksPerYear,
      synthetic_note: cohort.syntheticNote,
      characteristics: JSON.stringify(cohort.characteristics),
      collected_from: cohort.collectedFrom,
      collected_before: cohort.collectedBefore,
      client_id: cohort.createdBy.client,
      subject_id: cohort.createdBy.subject,
      recorded_at: new Date(cohort.createdAt),
    })
    .execute()
}

export function insertPart(
  trx: Transaction,
  authorityId: string,
  cohortId: string,
  { part: ordinal, eventId, sha256, accepted, rejected, recordedAt: at }: CohortPart,
): Promise<void> {
  const counted = { sha256, accepted, rejected, cohort_hash: null }
  return insertStep(trx, authorityId, cohortId, { ordinal, kind: 'part', eventId, at }, counted)
}

export function insertSeal(
  trx: Transaction,
  authorityId: string,
  { id, parts }: StoredCohort,
  eventId: string,
  hash: string,
  at: string,
): Promise<void> {
  const step = { ordinal: parts.length + 1, kind: 'seal', eventId, at } as const
  const sealed = { sha256: null, accepted: null, rejected: null, cohort_hash: hash }
  return insertStep(trx, authorityId, id, step, sealed)
}

type Step = Insertable<Schema['openras.cohort_step']>

async function insertStep(
  trx: Transaction,
  authorityId: string,
  cohortId: string,
  { ordinal, kind, eventId, at }: Pick<Step, 'ordinal' | 'kind'> & { eventId: string; at: string },
  told: Pick<Step, 'sha256' | 'accepted' | 'rejected' | 'cohort_hash'>,
): Promise<void> {
  await trx
    .insertInto('openras.cohort_step')
    .values({
      authority_id: authorityId,
      cohort_id: cohortId,
      ordinal,
      kind,
      event_id: eventId,
      recorded_at: new Date(at),
      ...told,
    })
    .execute()
}

/** Which of the references earlier parts have already. The lines are looked through where they are kept. */
export async function knownRefs(
  trx: Transaction,
  cohortId: string,
  refs: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ ref: string }>`
    with earlier as (
      select line::json ->> 0 as ref
      from openras.cohort_step s
      join openras.payload p on p.authority_id = s.authority_id and p.event_id = s.event_id,
      string_to_table(p.body, E'\n') with ordinality as lines (line, place)
      where s.cohort_id = ${cohortId} and s.kind = 'part' and place > 1
    )
    select ref from earlier where ref = any(${refs}::text[])`.execute(trx)
  return new Set(rows.map(({ ref }) => ref))
}

/** The heads of the parts in their order; null where one was erased. */
export async function partHeads(trx: Transaction, cohortId: string): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ head: string | null }>`
    select split_part(p.body, E'\n', 1) as head
    from openras.cohort_step s
    left join openras.payload p on p.authority_id = s.authority_id and p.event_id = s.event_id
    where s.cohort_id = ${cohortId} and s.kind = 'part'
    order by s.ordinal`.execute(trx)
  return rows.map(({ head }) => head)
}

/** The whole text of a part; null where it was erased. */
export async function partBody(trx: Transaction, { eventId }: CohortPart): Promise<string | null> {
  const row = await trx
    .selectFrom('openras.payload')
    .select('body')
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  return row?.body ?? null
}
