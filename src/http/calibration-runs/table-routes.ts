// Where a run meets tables: the draft made from it, and what it would change from the table in force.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { CalibrationTableVersion } from '../../contract/documents/calibration-table.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { named } from '../../contract/primitives.ts'
import { loadTableInForce } from '../../operations/caseload/load-table.ts'
import { type DraftRequest, draftTable } from '../../operations/run/draft-table.ts'
import type { ComputedRequest } from '../../operations/run/run-request.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { created, creating, ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { claimOf } from '../core/requests/idempotency.ts'
import { draftVersion } from '../documents/lifecycle.ts'
import { calibrationTableRules } from '../documents/rules.ts'
import { erased, finishedRun, resultsOf } from './get-run.ts'
import { ComparisonQuery, DraftTableRequest, RunComparison } from './table-schema.ts'

const tags = ['calibration']

export function runTableRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, allow, workers } = context
  return async (app) => {
    app.post(
      '/:id/draft-table',
      {
        onRequest: [allow('calibration:write'), allow('tables:draft')],
        schema: {
          tags,
          summary: 'Draft a calibration table from one method of a run, with its provenance',
          description: 'Needs the scope tables:draft too. A second person publishes the draft.',
          operationId: 'draftTableFromRun',
          params: IdParams,
          headers: creating,
          body: named(DraftTableRequest),
          response: created(named(CalibrationTableVersion)),
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const claim = claimOf(request, 201)
        const run = await finishedRun(context, request)
        const found = await resultsOf(context, request, run)
        const asked = request.body as unknown as DraftRequest
        const table = draftTable(asked, { runId: run.id, ...found })
        const written = await draftVersion(database, calibrationTableRules, caller, table, claim)
        if (written.replayed) reply.header('idempotency-replayed', 'true')
        return reply
          .code(201)
          .header('location', `/v1/calibration-tables/${written.ref.key}/versions/${written.ref.version}`)
          .header('etag', `"${written.etag}"`)
          .type('application/json')
          .send(written.text)
      },
    )

    app.get(
      '/:id/comparison',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'What a run would change from the table in force on a date',
          operationId: 'compareCalibrationRun',
          params: IdParams,
          querystring: ComparisonQuery,
          response: ok(named(RunComparison)),
        },
      },
      async (request, reply) => {
        const { on } = request.query
        const run = await finishedRun(context, request)
        const { results } = await resultsOf(context, request, run)
        const { request: asked, questionnaire } = JSON.parse(results) as {
          request: ComputedRequest
          questionnaire: VersionRef
        }
        const { table, persons } = await database.asAuthority(callerOf(request).authorityId, async (trx) => ({
          table: await loadTableInForce(trx, questionnaire, on),
          persons: await readPersons(trx, run.eventId),
        }))
        if (persons === null) throw erased()
        const compared = await workers.run('comparison', { request: asked, persons, table })
        const beside = JSON.stringify({ runId: run.id, on, table: table.ref })
        return reply.type('application/json').send(`${beside.slice(0, -1)},${compared.slice(1)}`)
      },
    )
  }
}
