// The runs that there are, newest first, so that one whose id was lost is found again. What a run was asked for in
// full, and what it found, is had from the run itself.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { RunPage, RunQuery } from '../../contract/calibration/calibration-run.ts'
import { runView } from '../../operations/run/run-view.ts'
import { listRuns } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'

export function runListRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
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
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query
        const listing = { list: 'calibration-runs', ...filter }
        const [after = null] = decodeCursor(cursor, [ID_PLACE], listing) ?? []
        const found = await database.asAuthority(callerOf(request).authorityId, (trx) =>
          listRuns(trx, filter, after, limit + 1),
        )
        const entries = found.map((run) => {
          const { request: asked, ...entry } = runView(run)
          return { ...entry, groups: asked.groups, methods: asked.methods.map(({ name }) => name) }
        })
        return linked(
          request,
          reply,
          pageOf(entries, limit, ({ id }) => [id], listing),
        )
      },
    )
  }
}
