// The cohorts that there are, newest first, so that one whose id was lost is found again.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { named } from '../../contract/primitives.ts'
import { cohortView } from '../../operations/cohort/cohort-view.ts'
import { listCohorts } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'
import { CohortPage, CohortQuery } from './schema.ts'

export function cohortListRoutes({ database, allow }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags: ['calibration'],
          summary: 'List cohorts, newest first',
          operationId: 'listCohorts',
          querystring: CohortQuery,
          response: ok(named(CohortPage)),
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query
        const listing = { list: 'cohorts', ...filter }
        const [after = null] = decodeCursor(cursor, [ID_PLACE], listing) ?? []
        const found = await database.asAuthority(callerOf(request).authorityId, (trx) =>
          listCohorts(trx, filter, after, limit + 1),
        )
        const entries = found.map((cohort) => {
          const { parts: _, ...entry } = cohortView(cohort)
          return entry
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
