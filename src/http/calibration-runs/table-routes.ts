// The draft of a table that is made from a run.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { DraftTableRequest } from '../../contract/calibration/run-tables.ts'
import { CalibrationTableVersion } from '../../contract/documents/calibration-table.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { draftVersion } from '../../operations/document/write-version.ts'
import { draftTable } from '../../operations/run/draft-table.ts'
import { decodeResults } from '../../operations/run/results.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { sendVersion } from '../documents/routes.ts'
import { finishedRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'

export function runTableRoutes(context: Context): FastifyPluginAsyncTypebox {
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
        const requestKey = requestKeyOf(request)
        const run = await finishedRun(context, request)
        const { results, resultHash } = await resultsOf(context, request, run)
        const from = { runId: run.id, resultHash, results: decodeResults(results) }
        const { key, ...table } = draftTable(request.body, from)
        const drafted = await draftVersion(context, calibrationTableRules, caller, requestKey, key, table)
        return sendVersion(reply, 'calibration-tables', drafted)
      },
    )
  }
}
