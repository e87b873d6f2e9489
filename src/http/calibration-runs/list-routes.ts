// The runs that there are, newest first, so that one whose id was lost is found again. What a run was asked for in
// full, and what it found, is had from the run itself.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { named } from '../../contract/primitives.ts'
import { runView } from '../../operations/run/run-view.ts'
import { listRuns } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'
import { CalibrationRunPage, CalibrationRunQuery } from './schema.ts'

export function runListRoutes({ database, allow }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags: ['calibration'],
          summary: 'List calibration runs, newest first',
          operationId: 'listCalibrationRuns',
          querystring: CalibrationRunQuery,
          response: ok(named(CalibrationRunPage)),
        },
      },
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
