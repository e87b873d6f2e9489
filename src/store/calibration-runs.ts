// Calibration runs and their steps. The key of a step is the lock of the lease: two who add the same one cannot both
// commit, and the loser is told so.
import { type RawBuilder, sql } from 'kysely'
import type { FinishedRun } from '../domain/table/evidence-faults.ts'
import { type Transaction, violatedConstraint } from './database.ts'

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export type RunStep = {
  readonly sequence: number
  readonly state: RunState
  /** How often somebody has begun it. */
  readonly attempt: number
  readonly stage: string | null
  readonly done: number | null
  readonly total: number | null
  readonly runner: string | null
  /** Whether the lease of a running step has ended by the database's clock. */
  readonly expired: boolean
  readonly problem: string | null
  /** The event with which it ended. */
  readonly eventId: string | null
  readonly recordedAt: string
}

export type StoredRun = {
  readonly id: string
  readonly cohortId: string
  readonly request: string
  readonly engineVersion: string
  readonly createdAt: string
  readonly createdBy: { readonly client: string; readonly subject: string }
  readonly step: RunStep
}

export async function findRun(trx: Transaction, id: string): Promise<StoredRun | null> {
  const row = await runs(trx).where('r.run_id', '=', id).executeTakeFirst()
  return row === undefined ? null : runOf(row)
}

/** How runs end; a run in another state has not ended. */
const ENDED: readonly RunState[] = ['done', 'failed', 'cancelled']

export type RunFilter = { readonly cohortId?: string | undefined; readonly state?: RunState | undefined }

/** Newest first, by ids, which begin with the time; from the one after `after` on. */
export async function listRuns(
  trx: Transaction,
  { cohortId, state }: RunFilter,
  after: string | null,
  limit: number,
): Promise<readonly StoredRun[]> {
  const ended = state !== undefined && ENDED.includes(state)
  const rows = await runs(trx)
    .$if(cohortId !== undefined, (query) => query.where('r.cohort_id', '=', cohortId ?? ''))
    .$if(after !== null, (query) => query.where('r.run_id', '<', after ?? ''))
    // A run ends once, and for the ends there is an index; what has not ended is told by its latest step.
    .$if(ended, (query) => query.where(endedAs(sql`e.state = ${state}`)))
    .$if(state !== undefined && !ended, (query) =>
      query.where(sql<boolean>`not ${endedAs(sql`true`)}`).where('s.state', '=', state ?? 'queued'),
    )
    .orderBy('r.run_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(runOf)
}

function endedAs(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from openras.calibration_run_step e
    where e.authority_id = r.authority_id and e.run_id = r.run_id
      and e.state in ('done', 'failed', 'cancelled') and ${condition})`
}

/** Runs with their latest steps. */
function runs(trx: Transaction) {
  return trx
    .selectFrom('openras.calibration_run as r')
    .innerJoinLateral(
      (query) =>
        query
          .selectFrom('openras.calibration_run_step as one')
          .selectAll()
          .select(sql<boolean>`coalesce(lease_before <= now(), false)`.as('expired'))
          .whereRef('one.authority_id', '=', 'r.authority_id')
          .whereRef('one.run_id', '=', 'r.run_id')
          .orderBy('one.sequence', 'desc')
          .limit(1)
          .as('s'),
      (join) => join.onTrue(),
    )
    .selectAll('s')
    .select(['r.run_id', 'r.cohort_id', 'r.request', 'r.engine_version', 'r.client_id', 'r.subject_id'])
    .select('r.recorded_at as created_at')
}

type RunRow = Awaited<ReturnType<ReturnType<typeof runs>['executeTakeFirstOrThrow']>>

function runOf(row: RunRow): StoredRun {
  const { sequence, state, attempt, stage, done, total, runner, expired, problem } = row
  return {
    id: row.run_id,
    cohortId: row.cohort_id,
    request: row.request,
    engineVersion: row.engine_version,
    createdAt: row.created_at.toISOString(),
    createdBy: { client: row.client_id, subject: row.subject_id },
    step: {
      sequence,
      state,
      attempt,
      stage,
      done,
      total,
      runner,
      expired,
      problem,
      eventId: row.ended_by,
      recordedAt: row.recorded_at.toISOString(),
    },
  }
}

export async function insertRun(
  trx: Transaction,
  authorityId: string,
  eventId: string,
  run: Omit<StoredRun, 'step'>,
): Promise<void> {
  await trx
    .insertInto('openras.calibration_run')
    .values({
      authority_id: authorityId,
      run_id: run.id,
      event_id: eventId,
      cohort_id: run.cohortId,
      request: run.request,
      engine_version: run.engineVersion,
      client_id: run.createdBy.client,
      subject_id: run.createdBy.subject,
      recorded_at: new Date(run.createdAt),
    })
    .execute()
}

export type NewStep = {
  readonly sequence: number
  readonly state: RunState
  readonly attempt: number
  readonly stage?: string
  readonly done?: number
  readonly total?: number
  /** Who works on it, and for how long it may be silent. */
  readonly lease?: { readonly runner: string; readonly milliseconds: number }
  readonly problem?: string
  readonly eventId?: string
}

/** Adds the next step. Throws where somebody else has: `isLostLease` knows that error. */
export async function insertStep(
  trx: Transaction,
  authorityId: string,
  runId: string,
  { sequence, state, attempt, stage, done, total, lease, problem, eventId }: NewStep,
): Promise<void> {
  await sql`
    insert into openras.calibration_run_step
      (authority_id, run_id, sequence, state, attempt, stage, done, total, runner, lease_before, problem, ended_by)
    values (${authorityId}, ${runId}, ${sequence}, ${state}, ${attempt}, ${stage ?? null}, ${done ?? null},
      ${total ?? null}, ${lease?.runner ?? null},
      now() + ${lease?.milliseconds ?? null}::integer * interval '1 millisecond',
      ${problem ?? null}, ${eventId ?? null})`.execute(trx)
}

export function isLostLease(error: unknown): boolean {
  return violatedConstraint(error)?.startsWith('calibration_run_step_') === true
}

export type StoredResults = { readonly results: string; readonly resultHash: string }

/** The first line of a finished run's payload, and the hash over all of it. Null after erasure. */
export async function readResults(trx: Transaction, eventId: string): Promise<StoredResults | null> {
  const { rows } = await sql<StoredResults>`
    select split_part(p.body, E'\n', 1) as results,
           e.envelope::json #>> '{calibrationRun,resultHash}' as "resultHash"
    from openras.event e
    join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
    where e.event_id = ${eventId}`.execute(trx)
  return rows[0] ?? null
}

/** The rest of it: one line a person. Null after erasure. */
export async function readPersons(trx: Transaction, eventId: string): Promise<string | null> {
  const { rows } = await sql<{ lines: string }>`
    select substr(body, strpos(body, E'\n') + 1) as lines from openras.payload
    where event_id = ${eventId}`.execute(trx)
  return rows[0]?.lines ?? null
}

/** Of these runs, those that are done: what their ends tell, and the questionnaire that their points stand on. */
export async function findFinishedRuns(
  trx: Transaction,
  ids: readonly string[],
): Promise<readonly (FinishedRun & { readonly endedBy: string })[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FinishedRun & { readonly endedBy: string }>`
    select r.run_id::text as run, s.ended_by::text as "endedBy", e.envelope::jsonb #>> '{calibrationRun,resultHash}' as "resultHash",
      coalesce(r.request::jsonb #>> '{questionnaire,key}', c.questionnaire_key) as "questionnaireKey"
    from openras.calibration_run r
    join openras.cohort c on c.authority_id = r.authority_id and c.cohort_id = r.cohort_id
    join openras.calibration_run_step s
      on s.authority_id = r.authority_id and s.run_id = r.run_id and s.state = 'done'
    join openras.event e on e.authority_id = s.authority_id and e.event_id = s.ended_by
    where r.run_id = any(${ids}::uuid[])`.execute(trx)
  return rows
}
