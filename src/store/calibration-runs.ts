// Calibration runs: what was asked for and how it ended are events, and how far one has come is a row a step. Whoever
// adds the next step has the run until its lease is over.
import { type RawBuilder, sql } from 'kysely'
import type { RunProblem } from '../contract/calibration/figures.ts'
import { canonicalJson } from '../domain/log/canonical.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { FinishedRun } from '../domain/table/evidence-faults.ts'
import type { Database, Transaction } from './database.ts'
import { worthALook } from './events.ts'

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** What every event of a run says: the run, what became of it, and of a request what is asked. */
export type RunFacts = {
  readonly calibrationRun: {
    readonly id: string
    readonly cohortId: string
    readonly state: Exclude<RunState, 'running'>
    readonly cohortHash?: string
    readonly engineVersion?: string
    readonly resultHash?: string
    /** The code of the problem that ended it. */
    readonly problem?: string
  }
  readonly request?: object
  /** Of what was computed: by which lists find it. */
  readonly outcome?: 'done' | 'failed'
  readonly failure?: RunProblem
}

export type StoredRun = {
  readonly id: string
  readonly cohortId: string
  /** Canonical. */
  readonly request: string
  readonly engineVersion: string
  readonly createdAt: string
  readonly createdBy: { readonly client: string; readonly subject: string }
  readonly state: RunState
  /** How many steps it has had. */
  readonly sequence: number
  /** How often somebody has begun it. */
  readonly attempt: number
  /** How far whoever has it now has come. */
  readonly progress: { readonly stage: string; readonly done: number; readonly total: number } | null
  readonly failure: RunProblem | null
  /** The event with which it ended. */
  readonly endedBy: string | null
}

type RunRow = {
  readonly sequence: number | null
  readonly requested: string
  readonly ended: string | null
  readonly attempt: number | null
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly held: boolean | null
}

// Runs as `e`, with how they ended and their latest steps.
const TOLD = sql`
  left join openras.event ended on ended.authority_id = e.authority_id and ended.about = e.event_id and ended.place = 'end'
  left join lateral (
    select * from openras.run_step one
    where one.authority_id = e.authority_id and one.run_id = e.event_id
    order by one.sequence desc limit 1
  ) s on true`
const COLUMNS = sql`
  e.envelope as requested, ended.envelope as ended, s.sequence, s.attempt, s.stage, s.done, s.total,
  s.lease_before > clock_timestamp() as held`

export async function findRun(trx: Transaction, id: string): Promise<StoredRun | null> {
  const { rows } = await sql<RunRow>`
    select ${COLUMNS} from openras.event e
    join openras.facet f on f.authority_id = e.authority_id and f.facet_id = e.facet_id ${TOLD}
    where f.kind = 'calibration-run-requested' and e.event_id = ${id}::uuid`.execute(trx)
  return rows[0] === undefined ? null : runOf(rows[0])
}

export type RunFilter = { readonly cohortId?: string | undefined; readonly state?: RunState | undefined }

/** Newest first, by ids, which begin with the time; from the one after `after` on. */
export async function listRuns(
  trx: Transaction,
  filter: RunFilter,
  after: string | null,
  limit: number,
): Promise<readonly StoredRun[]> {
  const { rows } = await sql<RunRow>`
    select ${COLUMNS} from (${runsOf(filter, after, limit)}) e ${TOLD}
    where ${worthALook(sql`${filter.state ?? null}::text is null or ${filter.state ?? null}::text = coalesce(
      ended.envelope::json #>> '{facts,calibrationRun,state}',
      case when s.lease_before > clock_timestamp() then 'running' else 'queued' end)`)}
    order by e.place desc limit ${limit}`.execute(trx)
  return rows.map(runOf)
}

/** How many rows a page looks at whose filter no index knows. */
const MOST_VISITED = 10_000

// Where each list begins, so that a page looks at few rows whatever the history behind it. The place of a run among what
// answers its cohort ends with its id, and so is in the same order.
function runsOf({ cohortId, state }: RunFilter, after: string | null, limit: number): RawBuilder<unknown> {
  const before = (column: RawBuilder<unknown>) => sql`(${after}::uuid is null or ${column} < ${after}::uuid)`
  if (cohortId !== undefined)
    return sql`
      select e.* from openras.event e
      where e.about = ${cohortId}::uuid and e.place >= 'run/' and e.place < ${after === null ? 'run0' : `run/${after}`}
      order by e.place desc limit ${MOST_VISITED}`
  if (state === 'queued' || state === 'running')
    return sql`
      select e.* from openras.run_queue q
      join openras.event e on e.authority_id = q.authority_id and e.event_id = q.run_id
      where ${before(sql`q.run_id`)}`
  const kind = state === 'cancelled' ? 'calibration-run-cancelled' : 'calibration-run-finished'
  if (state !== undefined)
    return sql`
      select e.* from openras.facet f
      cross join lateral (
        select ended.authority_id, ended.about from openras.event ended
        where ended.authority_id = f.authority_id and ended.facet_id = f.facet_id and ended.place = 'end'
          and ${before(sql`ended.about`)}
        order by ended.about desc limit ${limit}
      ) ended
      join openras.event e on e.authority_id = ended.authority_id and e.event_id = ended.about
      where f.kind = ${kind} and (f.outcome is null or f.outcome = ${state})`
  return sql`
    select e.* from openras.facet f
    cross join lateral (
      select * from openras.event one
      where one.authority_id = f.authority_id and one.facet_id = f.facet_id and ${before(sql`one.event_id`)}
      order by one.event_id desc limit ${limit}
    ) e
    where f.kind = 'calibration-run-requested'`
}

function runOf({ requested, ended: end, sequence, attempt, stage, done, total, held }: RunRow): StoredRun {
  const { event: id, at: createdAt, actor: createdBy, facts } = openEnvelope<RunFacts>(requested)
  const ended = end === null ? null : openEnvelope<RunFacts>(end)
  const isHeld = ended === null && held === true
  return {
    id,
    cohortId: facts.calibrationRun.cohortId,
    request: canonicalJson(facts.request),
    engineVersion: facts.calibrationRun.engineVersion ?? '',
    createdAt,
    createdBy,
    state: ended?.facts.calibrationRun.state ?? (isHeld ? 'running' : 'queued'),
    sequence: sequence ?? 0,
    attempt: attempt ?? 0,
    progress: isHeld ? { stage, done, total } : null,
    failure: ended?.facts.failure ?? null,
    endedBy: ended?.event ?? null,
  }
}

export type RunStep = {
  readonly runner: string
  /** For how long the runner may be silent; 0 gives the run back. */
  readonly leaseMs: number
  readonly attempt: number
  readonly stage: string
  readonly done: number
  readonly total: number
}

/** Adds the next step; false where the run is another's, or has ended. */
export async function takeRunStep(
  database: Database,
  authorityId: string,
  runId: string,
  { runner, leaseMs, attempt, stage, done, total }: RunStep,
): Promise<boolean> {
  const args = [runId, runner, leaseMs, attempt, stage, done, total]
  const [row] = await database.call<{ take_run_step: boolean }>(authorityId, 'take_run_step', args)
  return row?.take_run_step === true
}

export type StoredResults = { readonly results: string; readonly resultHash: string }

/** The first line of a finished run's payload, and the hash over all of it. Null after erasure. */
export async function readResults(trx: Transaction, eventId: string): Promise<StoredResults | null> {
  const { rows } = await sql<StoredResults>`
    select split_part(p.body, E'\\n', 1) as results,
           e.envelope::json #>> '{facts,calibrationRun,resultHash}' as "resultHash"
    from openras.event e
    join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
    where e.event_id = ${eventId}::uuid`.execute(trx)
  return rows[0] ?? null
}

/** The rest of it: one line a person. Null after erasure. */
export async function readPersons(trx: Transaction, eventId: string): Promise<string | null> {
  const { rows } = await sql<{ lines: string }>`
    select substr(body, strpos(body, E'\\n') + 1) as lines from openras.payload
    where event_id = ${eventId}::uuid`.execute(trx)
  return rows[0]?.lines ?? null
}

/** Of these runs, those that are done: what their ends tell, and the questionnaire that their points stand on. */
export async function findFinishedRuns(
  trx: Transaction,
  ids: readonly string[],
): Promise<readonly (FinishedRun & { readonly endedBy: string })[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FinishedRun & { readonly endedBy: string }>`
    select e.event_id::text as run, ended.event_id::text as "endedBy",
      ended.envelope::json #>> '{facts,calibrationRun,resultHash}' as "resultHash",
      coalesce(e.envelope::json #>> '{facts,request,questionnaire,key}',
        cohort.envelope::json #>> '{facts,cohort,questionnaire,key}') as "questionnaireKey"
    from openras.event e
    join openras.event ended on ended.authority_id = e.authority_id and ended.about = e.event_id and ended.place = 'end'
    join openras.event cohort on cohort.authority_id = e.authority_id and cohort.event_id = e.about
    where e.event_id = any(${ids}::uuid[]) and ended.envelope::json #>> '{facts,calibrationRun,state}' = 'done'`.execute(
    trx,
  )
  return rows
}
