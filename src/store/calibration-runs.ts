// Calibration runs and their steps. The key of a step is the lock of the lease: two who add the same one cannot both
// commit, and the loser is told so.
import { sql } from 'kysely'
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
  const row = await trx
    .selectFrom('openras.calibration_run')
    .selectAll()
    .where('run_id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  const step = await trx
    .selectFrom('openras.calibration_run_step')
    .selectAll()
    .select(sql<boolean>`coalesce(lease_before <= now(), false)`.as('expired'))
    .where('run_id', '=', id)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return {
    id,
    cohortId: row.cohort_id,
    request: row.request,
    engineVersion: row.engine_version,
    createdAt: row.recorded_at.toISOString(),
    createdBy: { client: row.client_id, subject: row.subject_id },
    step: {
      sequence: step.sequence,
      state: step.state,
      attempt: step.attempt,
      stage: step.stage,
      done: step.done,
      total: step.total,
      runner: step.runner,
      expired: step.expired,
      problem: step.problem,
      eventId: step.ended_by,
      recordedAt: step.recorded_at.toISOString(),
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
