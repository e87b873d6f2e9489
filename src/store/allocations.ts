// Reads allocations: one by its id in a single round trip, or many as summaries, newest first.
import { sql } from 'kysely'
import type { AllocationFilter, AllocationSummary } from '../contract/allocation/list.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import type { Database, Transaction } from './database.ts'

export type FoundAllocation = {
  readonly eventId: string
  readonly leafHash: Buffer
  /** The record's text; null after erasure. */
  readonly body: string | null
  readonly supersededBy: string | null
}

export async function findAllocation(
  database: Database,
  authorityId: string,
  allocationId: string,
): Promise<FoundAllocation | null> {
  type Row = { event_id: string; leaf_hash: Buffer; body: string | null; superseded_by: string | null }
  const [row] = await database.call<Row>(authorityId, 'read_allocation', [allocationId])
  if (row === undefined) return null
  return { eventId: row.event_id, leafHash: row.leaf_hash, body: row.body, supersededBy: row.superseded_by }
}

/** Whether an allocation is about a person; of one that was erased nobody can say so. */
export async function isAbout(trx: Transaction, allocationId: string, personRef: string): Promise<boolean> {
  const row = await trx
    .selectFrom('openras.allocation as a')
    .innerJoin('openras.payload as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.event_id', '=', 'a.event_id'),
    )
    .select('a.allocation_id')
    .where('a.allocation_id', '=', allocationId)
    .where('p.person_ref', '=', personRef)
    .executeTakeFirst()
  return row !== undefined
}

/** A place in the order of a list: newest first, ties by id. */
export type ListPlace = { readonly createdAt: string; readonly id: string }

/** As asked in a query string; by the person, who never stands in one; or by the table that did not price them. */
export type Filter = AllocationFilter & {
  readonly personRef?: string
  readonly pricedByAnother?: VersionRef
}

export async function listAllocations(
  trx: Transaction,
  filter: Filter,
  after: ListPlace | null,
  limit: number,
): Promise<AllocationSummary[]> {
  const rows = await filtered(trx, filter)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(a.created_at, a.allocation_id) < (${after?.createdAt}::timestamptz, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('a.created_at', 'desc')
    .orderBy('a.allocation_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.allocation_id,
    assessmentId: row.assessment_id,
    personRef: row.person_ref,
    userGroup: row.user_group,
    assessedOn: row.assessed_on,
    outcome: row.outcome,
    pointsTotal: row.points_total,
    amountAnnual: row.amount_annual,
    contingencyAnnual: row.contingency_annual,
    availableAnnual: row.available_annual,
    amountWeekly: row.amount_weekly,
    questionnaire: { key: row.questionnaire_key, version: row.questionnaire_version },
    table:
      row.table_key === null || row.table_version === null
        ? null
        : { key: row.table_key, version: row.table_version },
    supersedes: row.supersedes,
    supersededBy: row.superseded_by,
    createdAt: row.created_at.toISOString(),
  }))
}

export async function countAllocations(trx: Transaction, filter: Filter): Promise<number> {
  const { count } = await filtered(trx, filter)
    .clearSelect()
    .select(sql<string>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function filtered(trx: Transaction, filter: Filter) {
  let query = trx
    .selectFrom('openras.allocation as a')
    .leftJoin('openras.payload as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.event_id', '=', 'a.event_id'),
    )
    .leftJoin('openras.allocation as s', (join) =>
      join.onRef('s.authority_id', '=', 'a.authority_id').onRef('s.supersedes', '=', 'a.allocation_id'),
    )
    .selectAll('a')
    .select(['p.person_ref', 's.allocation_id as superseded_by'])
  if (filter.personRef !== undefined) query = query.where('p.person_ref', '=', filter.personRef)
  if (filter.userGroup !== undefined) query = query.where('a.user_group', '=', filter.userGroup)
  if (filter.outcome !== undefined) query = query.where('a.outcome', '=', filter.outcome)
  if (filter.assessedFrom !== undefined) query = query.where('a.assessed_on', '>=', filter.assessedFrom)
  if (filter.assessedBefore !== undefined) query = query.where('a.assessed_on', '<', filter.assessedBefore)
  if (filter.createdFrom !== undefined)
    query = query.where('a.created_at', '>=', new Date(filter.createdFrom))
  if (filter.createdBefore !== undefined)
    query = query.where('a.created_at', '<', new Date(filter.createdBefore))
  if (filter.questionnaire !== undefined)
    query = query.where('a.questionnaire_key', '=', filter.questionnaire)
  if (filter.table !== undefined) query = query.where('a.table_key', '=', filter.table)
  if (filter.pricedByAnother !== undefined) {
    const { key, version } = filter.pricedByAnother
    // Of what no table priced, this is null.
    query = query.where(sql<boolean>`(a.table_key, a.table_version) <> (${key}, ${version}::integer)`)
  }
  if (filter.current !== undefined)
    query = query.where('s.supersedes', filter.current ? 'is' : 'is not', null)
  return query
}
