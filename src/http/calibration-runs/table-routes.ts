// Where a run meets tables: the draft made from it, and what it would change from the table in force.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { named } from '../../contract/primitives.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import { loadTableInForce } from '../../operations/caseload/load-table.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { draftVersion } from '../../operations/document/draft-version.ts'
import { type DraftRequest, draftTable } from '../../operations/run/draft-table.ts'
import type { ComputedRequest } from '../../operations/run/run-request.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { IdParams } from '../assessments/schema.ts'
import { CalibrationTableVersion } from '../calibration-tables/schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { created, creating, ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { sendVersion } from '../documents/send-version.ts'
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
        const requestKey = requestKeyOf(request, 201)
        const run = await finishedRun(context, request)
        const found = await resultsOf(context, request, run)
        const asked = request.body as unknown as DraftRequest
        const { key, ...table } = draftTable(asked, { runId: run.id, ...found })
        const drafted = await draftVersion(
          context,
          calibrationTableRules,
          callerOf(request),
          requestKey,
          key,
          table,
        )
        return sendVersion(reply, 'calibration-tables', drafted)
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
