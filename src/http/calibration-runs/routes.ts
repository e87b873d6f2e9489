// Calibration runs: asked for, polled, cancelled, and read in three depths. The work itself is done elsewhere
// (operations/run/runner.ts), so that nothing here takes long.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import type { MethodImpactResult, MethodScenariosResult } from '../../contract/calibration/calibration-run.ts'
import {
  CalibrationRun,
  Cancellation,
  RunImpact,
  RunPage,
  RunQuery,
  RunScenarios,
} from '../../contract/calibration/calibration-run.ts'
import { RunRequest } from '../../contract/calibration/run-request.ts'
import type { MethodResult } from '../../contract/calibration/run-results.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import { createRun } from '../../operations/run/create-run.ts'
import { cancelRun } from '../../operations/run/end-run.ts'
import { decodeResults, resultsText, withoutRequest } from '../../operations/run/results.ts'
import { runView } from '../../operations/run/stored-run.ts'
import { listRuns, type StoredRun } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { accepted, ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendCreated, sendJson } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { ID_PLACE, linkedPage } from '../core/requests/paging.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { runComparisonRoute } from './comparison-route.ts'
import { runExportRoutes } from './export-routes.ts'
import { finishedRun, getRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'
import { runReportRoutes } from './report-routes.ts'
import { runTableRoutes } from './table-routes.ts'

export function calibrationRunRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(runTableRoutes(context))
    await app.register(runComparisonRoute(context))
    await app.register(runReportRoutes(context))
    await app.register(runExportRoutes(context))

    app.post(
      '/',
      operation(context, {
        id: 'requestCalibrationRun',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Ask for a calibration run; poll the address in Location',
        description:
          'Puts the chosen methods in the queue, on a sealed cohort and towards a budget. Poll the run until it is done. The same request on the same cohort always gives the same results.',
        key: true,
        body: RunRequest,
        answers: accepted(CalibrationRun),
        refuses: [
          'cohort-not-found',
          'cohort-not-sealed',
          'questionnaire-not-found',
          'calibration-impossible',
        ],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const created = await createRun(context, callerOf(request), key, request.body)
        return sendCreated(reply, 'calibration-runs', created, 202)
      },
    )

    app.post(
      '/:id/cancellation',
      operation(context, {
        id: 'cancelCalibrationRun',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Cancel a run that has not ended',
        description:
          'Stops a run that is queued or running. A cancelled run has no results and cannot be resumed: request a new one instead.',
        key: true,
        params: IdParams,
        body: Cancellation,
        answers: accepted(CalibrationRun),
        refuses: ['not-found', 'calibration-run-ended'],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const cancelled = await cancelRun(context, callerOf(request), key, request.params.id)
        return sendCreated(reply, 'calibration-runs', cancelled, 202)
      },
    )

    app.get(
      '/',
      operation(context, {
        id: 'listCalibrationRuns',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'List calibration runs, newest first',
        description:
          'Lists the runs of the authority with their state and what was asked for, without results. For the next page, send nextCursor as cursor with the same filters.',
        query: RunQuery,
        answers: ok(RunPage),
      }),
      (request, reply) => {
        const { limit: _, cursor: _1, ...filter } = request.query
        return linkedPage(request, reply, {
          listing: { list: 'calibration-runs', ...filter },
          forms: [ID_PLACE],
          place: ({ id }) => [id],
          async read([after = null], most) {
            const found = await asCaller(context, request, (trx) => listRuns(trx, filter, after, most))
            return found.map(runListEntry)
          },
        })
      },
    )

    app.get(
      '/:id',
      operation(context, {
        id: 'getCalibrationRun',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'A run: its state, how far it is, and its results when it is done',
        description:
          'Poll this with If-None-Match until the state is done, failed or cancelled. A run that is done has its results here, method by method.',
        params: IdParams,
        answers: okOrUnchanged(CalibrationRun),
        refuses: ['not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const run = await getRun(context, request)
        if (isUnchanged(request, reply, `${run.state}.${run.sequence}`)) return reply.code(304).send()
        const found = run.state === 'done' ? await resultsOf(context, request, run) : null
        const view = canonicalJson({ ...runView(run), resultHash: found?.resultHash ?? null })
        const results = found === null ? 'null' : resultsText(found.results)
        return sendJson(reply, `${view.slice(0, -1)},"results":${results}}`)
      },
    )

    app.get(
      '/:id/impact',
      operation(context, {
        id: 'getCalibrationRunImpact',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Who would gain and who would lose, method by method',
        description:
          'Returns, from the results of a run that is done, the totals, who gains and who loses by group and band, the tests of reasonableness and the agreement with estimates.',
        params: IdParams,
        answers: okOrUnchanged(RunImpact),
        refuses: RESULTS_REFUSALS,
      }),
      (request, reply) => sendPicked(context, request, reply, 'impact', impactOf),
    )

    app.get(
      '/:id/scenarios',
      operation(context, {
        id: 'getCalibrationRunScenarios',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'What moving people to the new amounts would cost, S1 to S5, method by method',
        description:
          'Returns, from the results of a run that is done, what each of five ways to move people to their new amounts would cost, month by month.',
        params: IdParams,
        answers: okOrUnchanged(RunScenarios),
        refuses: RESULTS_REFUSALS,
      }),
      (request, reply) => sendPicked(context, request, reply, 'scenarios', scenariosOf),
    )
  }
}

function runListEntry(run: StoredRun) {
  const { request: asked, ...entry } = runView(run)
  return { ...entry, groups: asked.groups, methods: asked.methods.map(({ name }) => name) }
}

async function sendPicked<T>(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  what: string,
  pick: (method: MethodResult) => T,
): Promise<FastifyReply> {
  const run = await finishedRun(context, request)
  if (isUnchanged(request, reply, madeTag(context.release, run.id, what))) return reply.code(304).send()
  const { methods } = decodeResults((await resultsOf(context, request, run)).results)
  return sendJson(reply, JSON.stringify({ runId: run.id, methods: methods.map(pick) }))
}

function impactOf(method: MethodResult): MethodImpactResult {
  if (method.outcome === 'refused') return withoutRequest(method)
  const { request: _, curves: _1, trust: _2, trustCombined: _3, ...found } = method
  const { scenarios: _4, scenariosAvailable: _5, ...effects } = found
  return effects
}

function scenariosOf(method: MethodResult): MethodScenariosResult {
  if (method.outcome === 'refused') return withoutRequest(method)
  const { outcome, name, scenarios, scenariosAvailable } = method
  return { outcome, name, scenarios, scenariosAvailable }
}
