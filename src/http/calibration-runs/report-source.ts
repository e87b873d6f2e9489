// Gathers all that a run is drawn from: its stored results and people, and the names that readers know things by.

import type { FastifyRequest } from 'fastify'
import type { ReportSource } from '../../operations/report/report-data.ts'
import { decodeRequest } from '../../operations/run/stored-run.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { findCohort } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import type { Context } from '../core/requests/context.ts'
import { erased, type FinishedRun, resultsOf } from './get-run.ts'

/** Refuses `erased-under-policy`. */
export async function reportSource(
  context: Context,
  request: FastifyRequest,
  run: FinishedRun,
  authority: string,
): Promise<Omit<ReportSource, 'proposed'>> {
  const { authorityId } = callerOf(request)
  const { results } = await resultsOf(context, request, run)
  const { persons, cohort } = await context.database.asAuthority(authorityId, async (trx) => ({
    persons: await readPersons(trx, run.eventId),
    cohort: await findCohort(trx, run.cohortId),
  }))
  if (persons === null) throw erased()
  if (cohort === null) throw new Error('a run stands on a cohort')
  const { questionnaire: restated } = decodeRequest(run.request)
  const found = await context.published.questionnaire(authorityId, restated ?? cohort.questionnaire)
  if (found === null) throw new Error('a run has a questionnaire')
  const { title, userGroups, scaleMaximum } = found.plan.questionnaire
  return {
    runId: run.id,
    results,
    persons,
    authority,
    cohort: {
      title: cohort.title,
      rejectedRows: cohort.parts.reduce((sum, { rejected }) => sum + rejected, 0),
    },
    questionnaire: { title, userGroups, scaleMaximum },
  }
}
