// Puts a calibration run in the queue. What can be refused without the rows is refused at once, and not an hour later.

import type { CompleteRequest, RunRequest } from '../../contract/calibration/run-request.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import { ENGINE_VERSION } from '../../domain/allocation/allocation.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { insertRun, insertStep, type StoredRun } from '../../store/calibration-runs.ts'
import { findCohort } from '../../store/cohorts.ts'
import type { Database } from '../../store/database.ts'
import type { Log } from '../../store/log.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { newId } from '../new-id.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import { checkRequest } from './request-faults.ts'
import { completed } from './run-request.ts'
import { encodeRequest, runEntry, type WrittenRun, writtenRun } from './stored-run.ts'

type RunStore = { readonly database: Database; readonly log: Log; readonly published: PublishedVersions }

/** Refuses `cohort-not-found`, `cohort-not-sealed`, `questionnaire-not-found`. */
export function createRun(
  { database, log, published }: RunStore,
  by: Writer,
  request: RequestKey,
  asked: RunRequest,
): Promise<Written<WrittenRun>> {
  const { authorityId, clientId: client, subjectId: subject } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide({ at }) {
      const cohort = await database.asAuthority(authorityId, (trx) => findCohort(trx, asked.cohortId))
      if (cohort === null) throw noCohort()
      const { id: cohortId, hash: cohortHash } = cohort
      if (cohortHash === null)
        throw new Refusal('cohort-not-sealed', 'The cohort is not sealed yet. Seal it, then resend.')
      const complete = await checkedRequest(published, authorityId, asked, cohort.questionnaire)
      const run: StoredRun = {
        id: newId(),
        cohortId,
        request: encodeRequest(complete),
        engineVersion: ENGINE_VERSION,
        createdAt: at,
        createdBy: { client, subject },
        step: QUEUED,
      }
      const facts = { state: 'queued', cohortHash, engineVersion: ENGINE_VERSION } as const
      return runEntry('calibration-run-requested', run, facts, async (trx, eventId) => {
        await insertRun(trx, authorityId, eventId, run)
        await insertStep(trx, authorityId, run.id, { sequence: 1, state: 'queued', attempt: 0 })
      })
    },
    onRace: {},
    answer: writtenRun,
  })
}

function noCohort(): Refusal {
  const detail = 'There is no such cohort. GET /v1/cohorts lists your cohorts.'
  const faults = [{ pointer: '/cohortId', code: 'cohort-unknown', detail }] as const
  return new Refusal('cohort-not-found', detail, { faults })
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
      'This questionnaire version is not published. GET /v1/questionnaires lists those that are.',
    )
  const complete = completed(request, rowRules(questionnaire.plan, '52').scaleMaximum)
  const cohorts = await published.questionnaire(authorityId, own)
  checkRequest(request, complete, (cohorts ?? questionnaire).plan.userGroups)
  return complete
}
