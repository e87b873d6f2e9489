// Assessments and their allocations, which are one event each: by id, by the caller's own reference, or many as summaries,
// newest first.
import { type RawBuilder, sql } from 'kysely'
import type { AllocationFilter, AllocationSummary } from '../contract/allocation/list.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import { type IntakeFacts, joinedRecord } from '../domain/assessment/record.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { Database, Transaction } from './database.ts'
import { type FoundEvent, factsIn, isIntake, readEvents } from './events.ts'

export type FoundIntake = {
  /** One id names the event, the assessment and the allocation. */
  readonly id: string
  readonly leafHash: Buffer
  /** The record's text; null after erasure. */
  readonly body: string | null
  /** The intake that corrects this assessment and supersedes this allocation, if any does. */
  readonly correctedBy: string | null
}

type Which =
  | { readonly id: string }
  | { readonly assessmentRef: string; readonly revision: number | 'latest' }

/** Throws `RecordAltered`. */
export async function findIntake(
  database: Database,
  authorityId: string,
  which: Which,
): Promise<FoundIntake | null> {
  const ids = 'id' in which ? [which.id] : await idsOf(database, authorityId, which.assessmentRef)
  const found = (await readEvents(database, authorityId, ids)).filter(isIntake)
  const event = 'id' in which ? found[0] : ofRevision(found, which.revision)
  if (event === undefined) return null
  const { eventId: id, leafHash, refs, body, correctedBy } = event
  return {
    id,
    leafHash,
    body: refs === null || body === null ? null : joinedRecord({ refs, body }),
    correctedBy,
  }
}

async function idsOf(
  database: Database,
  authorityId: string,
  assessmentRef: string,
): Promise<readonly string[]> {
  const rows = await database.asAuthority(authorityId, (trx) =>
    trx.selectFrom('openras.payload').select('event_id').where('source_ref', '=', assessmentRef).execute(),
  )
  return rows.map(({ event_id }) => event_id)
}

function ofRevision(found: readonly FoundEvent[], revision: number | 'latest'): FoundEvent | undefined {
  const revisionOf = ({ envelope }: FoundEvent) => factsIn<IntakeFacts>(envelope).revision
  return revision === 'latest'
    ? found.toSorted((a, b) => revisionOf(a) - revisionOf(b)).at(-1)
    : found.find((event) => revisionOf(event) === revision)
}

/** Whether an intake is about a person; of one that was erased nobody can say so. */
export async function isAbout(trx: Transaction, id: string, personRef: string): Promise<boolean> {
  const row = await trx
    .selectFrom('openras.payload')
    .select('event_id')
    .where('event_id', '=', id)
    .where('person_ref', '=', personRef)
    .executeTakeFirst()
  return row !== undefined
}

/** As asked in a query string; by the person, who never stands in one; or by the table that did not price them. */
export type Filter = AllocationFilter & {
  readonly personRef?: string
  readonly pricedByAnother?: VersionRef
}

/** Newest first, by ids, which begin with the time; from the one after `after` on. */
export async function listAllocations(
  trx: Transaction,
  filter: Filter,
  after: string | null,
  limit: number,
): Promise<AllocationSummary[]> {
  type Row = { envelope: string; person_ref: string | null; corrected_by: string | null }
  const page = { after: after === null ? sql`true` : sql`e.event_id < ${after}::uuid`, limit }
  const { rows } = await sql<Row>`
    select e.envelope, p.person_ref, c.event_id as corrected_by
    from (${matching(filter, page)}) e
    left join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
    left join openras.event c on c.authority_id = e.authority_id and c.about = e.event_id and c.place = 'correction'
    order by e.event_id desc limit ${limit}`.execute(trx)
  return rows.map(summaryOf)
}

export async function countAllocations(trx: Transaction, filter: Filter): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from (${matching(filter, null)}) e`.execute(trx)
  return Number(rows[0]?.count)
}

function summaryOf(row: {
  envelope: string
  person_ref: string | null
  corrected_by: string | null
}): AllocationSummary {
  const { event: id, at, about, facts } = openEnvelope<IntakeFacts>(row.envelope)
  return {
    id,
    assessmentId: id,
    personRef: row.person_ref,
    userGroup: facts.userGroup,
    assessedOn: facts.on,
    outcome: facts.outcome,
    pointsTotal: facts.points.total,
    amountAnnual: facts.amountAnnual,
    contingencyAnnual: facts.contingencyAnnual,
    availableAnnual: facts.availableAnnual,
    amountWeekly: facts.amountWeekly,
    questionnaire: facts.questionnaire,
    table: facts.table,
    supersedes: about,
    supersededBy: row.corrected_by,
    createdAt: at,
  }
}

type Page = { readonly after: RawBuilder<unknown>; readonly limit: number }

// Of each facet that fits, the newest: however the filters are mixed and however few fit, a page looks at few rows.
function matching(filter: Filter, page: Page | null): RawBuilder<unknown> {
  const { personRef } = filter
  const fits = all(ofFacet(filter))
  const ofEach = all([...ofEvent(filter), ...(page === null ? [] : [page.after])])
  const bounds = page === null ? sql`` : sql`order by e.event_id desc limit ${page.limit}`
  if (personRef !== undefined)
    return sql`
      select e.* from openras.payload p
      join openras.event e on e.authority_id = p.authority_id and e.event_id = p.event_id
      join openras.facet f on f.authority_id = e.authority_id and f.facet_id = e.facet_id
      where p.person_ref = ${personRef} and ${fits} and ${ofEach} ${bounds}`
  return sql`
    select e.* from openras.facet f
    cross join lateral (
      select e.* from openras.event e
      where e.authority_id = f.authority_id and e.facet_id = f.facet_id and ${ofEach} ${bounds}
    ) e
    where ${fits}`
}

type Condition = RawBuilder<unknown>

function all(conditions: readonly Condition[]): Condition {
  return sql.join([sql`true`, ...conditions], sql` and `)
}

function ofFacet({
  userGroup,
  outcome,
  questionnaire,
  table,
  pricedByAnother,
}: Filter): readonly Condition[] {
  return [
    sql`f.kind in ('assessment-allocated', 'assessment-corrected')`,
    ...asked(userGroup, (group) => sql`f.user_group = ${group}`),
    ...asked(outcome, (one) => sql`f.outcome = ${one}`),
    ...asked(questionnaire, (key) => sql`f.questionnaire_key = ${key}`),
    ...asked(table, (key) => sql`f.table_key = ${key}`),
    // Of what no table priced, this is null.
    ...asked(
      pricedByAnother,
      ({ key, version }) => sql`(f.table_key, f.table_version) <> (${key}, ${version}::integer)`,
    ),
  ]
}

function ofEvent(filter: Filter): readonly Condition[] {
  const { assessedFrom, assessedBefore, createdFrom, createdBefore, current } = filter
  const at = sql`(e.envelope::json ->> 'at')::timestamptz`
  const corrected = sql`exists (
    select from openras.event c where c.authority_id = e.authority_id and c.about = e.event_id and c.place = 'correction'
  )`
  return [
    ...asked(assessedFrom, (day) => sql`e.on_date >= ${day}::date`),
    ...asked(assessedBefore, (day) => sql`e.on_date < ${day}::date`),
    // An id says when it was made, as nearly as clocks may differ; the envelope says it exactly.
    ...asked(
      createdFrom,
      (instant) =>
        sql`e.event_id >= ${firstIdOf(instant, -APART_MS)}::uuid and ${at} >= ${instant}::timestamptz`,
    ),
    ...asked(
      createdBefore,
      (instant) =>
        sql`e.event_id < ${firstIdOf(instant, APART_MS)}::uuid and ${at} < ${instant}::timestamptz`,
    ),
    ...asked(current, (isCurrent) => (isCurrent ? sql`not ${corrected}` : corrected)),
  ]
}

function asked<T>(value: T | undefined, condition: (value: T) => Condition): readonly Condition[] {
  return value === undefined ? [] : [condition(value)]
}

/** More than an id and the instant beside it may differ by. */
const APART_MS = 65_000

function firstIdOf(instant: string, shiftMs: number): string {
  const digits = Math.max(0, Date.parse(instant) + shiftMs)
    .toString(16)
    .padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`
}
