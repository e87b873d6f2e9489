// A run is asked for, and may be cancelled: each is one transaction with its event, whose body is the answer, so that
// a retry is answered with the same bytes.
import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../../contract/refusal.ts'
import { ENGINE_VERSION } from '../../domain/allocation/allocation.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import { findRun, insertRun, insertStep, isLostLease, type StoredRun } from '../../store/calibration-runs.ts'
import { findCohort } from '../../store/cohorts.ts'
import type { Database } from '../../store/database.ts'
import { findRequest } from '../../store/events.ts'
import type { Writer, WrittenText } from '../cohort/write-cohort.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { appendRunEvent } from './finish-run.ts'
import { checkRequest } from './request-faults.ts'
import { type CompleteRequest, completed, type RunRequest } from './run-request.ts'

/** A run as callers see it; its results are had beside it. */
export function runView(run: StoredRun) {
  const { id, cohortId, engineVersion, createdAt, createdBy, step } = run
  const { state, stage, done, total, attempt, problem } = step
  return {
    id,
    cohortId,
    state,
    progress: state === 'running' ? { stage, done, total } : null,
    attempt,
    problem: problem === null ? null : (JSON.parse(problem) as object),
    request: JSON.parse(run.request) as CompleteRequest,
    engineVersion,
    createdAt,
    createdBy,
  }
}

type Asked = { readonly database: Database; readonly published: PublishedVersions }

/** Puts a run in the queue. Refuses `cohort-not-sealed`, `questionnaire-not-found`; null where there is no cohort. */
export async function requestRun(
  { database, published }: Asked,
  writer: Writer,
  request: RunRequest,
): Promise<WrittenText | null> {
  const { authorityId, subjectId, claim } = writer
  const known = await findRequest(database, authorityId, claim.clientId, claim.key)
  if (known !== null) return recalled(claim.recognise(known).body)
  const cohort = await database.asAuthority(authorityId, (trx) => findCohort(trx, request.cohortId))
  if (cohort === null) return null
  if (cohort.hash === null)
    throw new Refusal('cohort-not-sealed', 'Parts may still be added to this cohort. Seal it first.')
  const complete = await checkedRequest(published, authorityId, request, cohort.questionnaire)
  const run: StoredRun = {
    id: uuidv7(),
    cohortId: cohort.id,
    request: canonicalJson(complete),
    engineVersion: ENGINE_VERSION,
    createdAt: new Date().toISOString(),
    createdBy: { client: claim.clientId, subject: subjectId },
    step: QUEUED,
  }
  const text = canonicalJson({ ...runView(run), resultHash: null, results: null })
  return database.asAuthority(authorityId, async (trx) => {
    const { eventId, known: raced } = await appendRunEvent(trx, {
      authorityId,
      kind: 'calibration-run-requested',
      run,
      actor: { clientId: claim.clientId, subjectId },
      facts: { state: 'queued', cohortHash: cohort.hash, engineVersion: ENGINE_VERSION },
      body: text,
      claim: claim.with,
    })
    if (raced !== null) return recalled(claim.recognise(raced).body)
    await insertRun(trx, authorityId, eventId, run)
    await insertStep(trx, authorityId, run.id, { sequence: 1, state: 'queued', attempt: 0 })
    return { text, id: run.id, replayed: false }
  })
}

const QUEUED = {
  sequence: 1,
  state: 'queued',
  attempt: 0,
  stage: null,
  done: null,
  total: null,
  runner: null,
  expired: false,
  problem: null,
  eventId: null,
  recordedAt: '',
} as const

// What can be refused without the rows is refused at once, and not an hour later.
async function checkedRequest(
  published: PublishedVersions,
  authorityId: string,
  request: RunRequest,
  own: VersionRef,
): Promise<CompleteRequest> {
  const ref = request.questionnaire ?? own
  const questionnaire = await published.questionnaire(authorityId, ref)
  if (questionnaire === null)
    throw new Refusal(
      'questionnaire-not-found',
      `No published questionnaire "${ref.key}" version ${ref.version}. Name a published version; GET /v1/questionnaires lists them.`,
    )
  const complete = completed(request, rowRules(questionnaire.plan, '52').scaleMaximum)
  const cohorts = await published.questionnaire(authorityId, own)
  checkRequest(request, complete, (cohorts ?? questionnaire).plan.userGroups)
  return complete
}

const ATTEMPTS = 20

/** Ends a run that has not ended. Refuses `calibration-run-ended`; null where there is no such run. */
export async function cancelRun(database: Database, writer: Writer, id: string): Promise<WrittenText | null> {
  const { authorityId, subjectId, claim } = writer
  const known = await findRequest(database, authorityId, claim.clientId, claim.key)
  if (known !== null) return recalled(claim.recognise(known).body)
  const cancel = () =>
    database.asAuthority(authorityId, async (trx) => {
      const run = await findRun(trx, id)
      if (run === null) return null
      const { state, sequence, attempt } = run.step
      if (state !== 'queued' && state !== 'running')
        throw new Refusal(
          'calibration-run-ended',
          `The run is ${state} already, and only a run that has not ended can be cancelled. Nothing is left to do.`,
        )
      const cancelled: StoredRun = {
        ...run,
        step: { ...run.step, state: 'cancelled', sequence: sequence + 1 },
      }
      const text = canonicalJson({ ...runView(cancelled), resultHash: null, results: null })
      const { eventId, known: raced } = await appendRunEvent(trx, {
        authorityId,
        kind: 'calibration-run-cancelled',
        run,
        actor: { clientId: claim.clientId, subjectId },
        facts: { state: 'cancelled' },
        body: text,
        claim: claim.with,
      })
      if (raced !== null) return recalled(claim.recognise(raced).body)
      await insertStep(trx, authorityId, id, { sequence: sequence + 1, state: 'cancelled', attempt, eventId })
      return { text, id, replayed: false }
    })
  // The runner tells how far it is at the same time; one of the two comes first.
  for (let tries = 1; ; tries += 1) {
    try {
      return await cancel()
    } catch (error) {
      if (!isLostLease(error) || tries === ATTEMPTS) throw error
    }
  }
}

function recalled(text: string): WrittenText {
  return { text, id: (JSON.parse(text) as { id: string }).id, replayed: true }
}
