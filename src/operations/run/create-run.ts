// Puts a calibration run in the queue. What can be refused without the rows is refused at once, and not an hour later.

import type { CompleteRequest, RunRequest } from '../../contract/calibration/run-request.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import { ENGINE_VERSION } from '../../domain/allocation/allocation.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import type { RunFacts } from '../../store/calibration-runs.ts'
import { findCohort } from '../../store/cohorts.ts'
import type { Database } from '../../store/database.ts'
import type { Log } from '../../store/log.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import { checkRequest } from './request-faults.ts'
import { completed } from './run-request.ts'
import { requestedRun, type WrittenRun, writtenRun } from './stored-run.ts'

type RunStore = { readonly database: Database; readonly log: Log; readonly published: PublishedVersions }

/** Refuses `cohort-not-found`, `cohort-not-sealed`, `questionnaire-not-found`. */
export function createRun(
  { database, log, published }: RunStore,
  by: Writer,
  request: RequestKey,
  asked: RunRequest,
): Promise<Written<WrittenRun>> {
  const { authorityId } = by
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    async decide({ eventId: id }) {
      const cohort = await database.asAuthority(authorityId, (trx) => findCohort(trx, asked.cohortId))
      if (cohort === null) throw noCohort()
      const { id: cohortId, hash: cohortHash } = cohort
      if (cohortHash === null)
        throw new Refusal('cohort-not-sealed', 'The cohort is not sealed yet. Seal it, then resend.')
      const complete = await checkedRequest(published, authorityId, asked, cohort.questionnaire)
      return {
        kind: 'calibration-run-requested',
        about: { event: cohortId, place: `run/${id}` },
        facts: {
          calibrationRun: { id, cohortId, state: 'queued', cohortHash, engineVersion: ENGINE_VERSION },
          request: complete,
        } satisfies RunFacts as RunFacts,
      }
    },
    onRace: {},
    answer: (stored) => writtenRun(requestedRun(stored)),
  })
}

function noCohort(): Refusal {
  const detail = 'There is no such cohort. GET /v1/cohorts lists your cohorts.'
  const faults = [{ pointer: '/cohortId', code: 'cohort-unknown', detail }] as const
  return new Refusal('cohort-not-found', detail, { faults })
}

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
