// Where a run meets tables: the draft made from it, and what it would change from the table in force.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { ComparisonQuery, DraftTableRequest, RunComparison } from '../../contract/calibration/run-tables.ts'
import { CalibrationTableVersion } from '../../contract/documents/calibration-table.ts'
import { loadTableInForce } from '../../operations/caseload/load-table.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { draftVersion } from '../../operations/document/write-version.ts'
import { draftTable } from '../../operations/run/draft-table.ts'
import { decodeResults, withoutRequest } from '../../operations/run/results.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created, ok } from '../core/openapi/responses.ts'
import { sendJson, withMembers } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { sendVersion } from '../documents/routes.ts'
import { erased, finishedRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'

export function runTableRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { workers } = context
  return async (app) => {
    app.post(
      '/:id/draft-table',
      operation(context, {
        id: 'draftTableFromRun',
        scope: { all: ['calibration:write', 'tables:draft'] },
        tag: 'calibration',
        summary: 'Draft a calibration table from one method of a run, with its provenance',
        description:
          'Drafts a calibration table whose curves are those of one method, with the run and the cohort that they come from. It needs the scopes calibration:write and tables:draft; a second person publishes the draft.',
        key: true,
        params: IdParams,
        body: DraftTableRequest,
        answers: created(CalibrationTableVersion),
        refuses: [...RESULTS_REFUSALS, 'calibration-impossible'],
      }),
      async (request, reply) => {
        const caller = callerOf(request)
        const requestKey = requestKeyOf(request, 201)
        const run = await finishedRun(context, request)
        const { results, resultHash } = await resultsOf(context, request, run)
        const from = { runId: run.id, resultHash, results: decodeResults(results) }
        const { key, ...table } = draftTable(request.body, from)
        const drafted = await draftVersion(context, calibrationTableRules, caller, requestKey, key, table)
        return sendVersion(reply, 'calibration-tables', drafted)
      },
    )

    app.get(
      '/:id/comparison',
      operation(context, {
        id: 'compareCalibrationRun',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'What a run would change from the table in force on a date',
        description:
          'Prices the people of a run by the table in force on a date and by each method, and shows who would gain and who would lose. Nothing is stored.',
        params: IdParams,
        query: ComparisonQuery,
        answers: ok(RunComparison),
        refuses: [
          ...RESULTS_REFUSALS,
          'no-table-in-force',
          'questionnaire-not-priced',
          'not-publishable',
          'calibration-impossible',
        ],
      }),
      async (request, reply) => {
        const { on } = request.query
        const run = await finishedRun(context, request)
        const { results } = await resultsOf(context, request, run)
        const { request: asked, questionnaire, methods: all } = decodeResults(results)
        const methods = all.map((method) =>
          method.outcome === 'refused'
            ? withoutRequest(method)
            : { outcome: method.outcome, name: method.name },
        )
        const { table, persons } = await asCaller(context, request, async (trx) => ({
          table: await loadTableInForce(trx, questionnaire, on),
          persons: await readPersons(trx, run.eventId),
        }))
        if (persons === null) throw erased()
        const compared = await workers.run('comparison', { request: asked, methods, persons, table })
        return sendJson(reply, withMembers({ runId: run.id, on, table: table.ref }, compared))
      },
    )
  }
}
