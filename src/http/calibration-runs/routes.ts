// Calibration runs: asked for, polled, cancelled, and read in three depths. The work itself is done elsewhere
// (operations/calibration/runner.ts), so that nothing here takes long.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { named } from '../../contract/primitives.ts'
import { notFound } from '../../contract/refusal.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { WrittenText } from '../../operations/cohort/write-cohort.ts'
import { cancelRun, requestRun, runView } from '../../operations/run/create-run.ts'
import type { RunRequest } from '../../operations/run/run-request.ts'
import { IdParams } from '../assessments/schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { accepted, creating, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { claimOf } from '../core/requests/idempotency.ts'
import { runExportRoutes } from './export-routes.ts'
import { existingRun, finishedRun, resultsOf } from './get-run.ts'
import { runListRoutes } from './list-routes.ts'
import { runReportRoutes } from './report-routes.ts'
import { CalibrationRunRequest } from './request-schema.ts'
import { CalibrationRun, CancellationBody, RunImpact, RunScenarios } from './schema.ts'
import { runTableRoutes } from './table-routes.ts'

const tags = ['calibration']

export function calibrationRunRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, allow } = context
  return async (app) => {
    await app.register(runListRoutes(context))
    await app.register(runTableRoutes(context))
    await app.register(runReportRoutes(context))
    await app.register(runExportRoutes(context))

    app.post(
      '/',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Ask for a calibration run; poll the address in Location',
          operationId: 'requestCalibrationRun',
          headers: creating,
          body: named(CalibrationRunRequest),
          response: accepted(named(CalibrationRun)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 202)
        const asked = request.body as unknown as RunRequest
        return sendAccepted(reply, await requestRun(context, { ...callerOf(request), claim }, asked))
      },
    )

    app.post(
      '/:id/cancellation',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Cancel a run that has not ended',
          operationId: 'cancelCalibrationRun',
          params: IdParams,
          headers: creating,
          body: named(CancellationBody),
          response: accepted(named(CalibrationRun)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 202)
        const writer = { ...callerOf(request), claim }
        return sendAccepted(reply, await cancelRun(database, writer, request.params.id))
      },
    )

    app.get(
      '/:id',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'A run: its state, how far it is, and its results when it is done',
          operationId: 'getCalibrationRun',
          params: IdParams,
          response: okOrUnchanged(named(CalibrationRun)),
        },
      },
      async (request, reply) => {
        const run = await existingRun(context, request)
        if (isUnchanged(request, reply, `s${run.step.sequence}`)) return reply.code(304).send()
        const found = run.step.state === 'done' ? await resultsOf(context, request, run) : null
        const view = canonicalJson({ ...runView(run), resultHash: found?.resultHash ?? null })
        return reply
          .type('application/json')
          .send(`${view.slice(0, -1)},"results":${found?.results ?? 'null'}}`)
      },
    )

    app.get(
      '/:id/impact',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Who would gain and who would lose, method by method',
          operationId: 'getCalibrationRunImpact',
          params: IdParams,
          response: okOrUnchanged(named(RunImpact)),
        },
      },
      (request, reply) =>
        sendPicked(context, request, reply, ['totals', 'impact', 'reasonableness', 'estimateAgreement']),
    )

    app.get(
      '/:id/scenarios',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'What moving people to the new amounts would cost, S1 to S5, method by method',
          operationId: 'getCalibrationRunScenarios',
          params: IdParams,
          response: okOrUnchanged(named(RunScenarios)),
        },
      },
      (request, reply) => sendPicked(context, request, reply, ['scenarios']),
    )
  }
}

async function sendPicked(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: readonly string[],
): Promise<FastifyReply> {
  const run = await finishedRun(context, request)
  if (isUnchanged(request, reply, madeTag(context.release, run.id, ...parts))) return reply.code(304).send()
  const { results } = await resultsOf(context, request, run)
  const { methods } = JSON.parse(results) as { methods: Record<string, unknown>[] }
  const picked = methods.map((method) =>
    Object.fromEntries(
      ['name', 'refused', ...parts].filter((part) => part in method).map((part) => [part, method[part]]),
    ),
  )
  return reply.type('application/json').send(JSON.stringify({ runId: run.id, methods: picked }))
}

function sendAccepted(reply: FastifyReply, written: WrittenText | null): FastifyReply {
  if (written === null) throw notFound()
  if (written.replayed) reply.header('idempotency-replayed', 'true')
  return reply
    .code(202)
    .header('location', `/v1/calibration-runs/${written.id}`)
    .type('application/json')
    .send(written.text)
}
