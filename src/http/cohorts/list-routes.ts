// The cohorts that there are, newest first, so that one whose id was lost is found again.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CohortPage, CohortQuery } from '../../contract/calibration/cohort.ts'
import { cohortView } from '../../operations/cohort/cohort-view.ts'
import { listCohorts } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'

export function cohortListRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
    app.get(
      '/',
      operation(context, {
        id: 'listCohorts',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'List cohorts, newest first',
        description:
          'Lists the cohorts of the authority with their state and counts. For the next page, send nextCursor as cursor with the same filters.',
        query: CohortQuery,
        answers: ok(CohortPage),
      }),
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
