// Whose allocation another table priced, for a date that this one covers.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AllocationPage, type AllocationSummary } from '../../contract/allocation/list.ts'
import { AffectedQuery, type CalibrationTable } from '../../contract/documents/calibration-table.ts'
import { VersionParams } from '../../contract/documents/version.ts'
import { notFound } from '../../contract/refusal.ts'
import { affectedBy } from '../../operations/document/affected.ts'
import { contentOf } from '../../operations/document/version-view.ts'
import { findVersion } from '../../store/documents.ts'
import { listAllocations } from '../../store/intakes.ts'
import { listTerms } from '../../store/terms.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { ID_PLACE, linkedPage } from '../core/requests/paging.ts'

export function affectedRoute(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:key/versions/:version/affected',
      operation(context, {
        id: 'listAffectedAllocations',
        scope: 'allocations:read',
        tag: 'calibration tables',
        summary: 'The current allocations that another table priced for a date that this one covers',
        description:
          'Lists summaries, newest first, of a draft as if it were published now. Nothing stored changes when a table is published: to price one of these by it, correct its assessment.',
        params: VersionParams,
        query: AffectedQuery,
        answers: ok(AllocationPage),
        refuses: ['not-found'],
      }),
      (request, reply) => {
        const { key, version } = request.params
        return linkedPage(request, reply, {
          listing: { list: 'affected', key, version },
          forms: [ID_PLACE],
          place: ({ id }: AllocationSummary) => [id],
          read: ([after = null], most) =>
            asCaller(context, request, async (trx) => {
              const found = await findVersion(trx, 'calibration-table', { key, version })
              if (found === null) throw notFound()
              const content = contentOf<CalibrationTable>(found.document)
              const terms = await listTerms(trx, content.questionnaire.key)
              const filter = affectedBy({ key, version }, content, terms)
              if (filter === null) return []
              return listAllocations(trx, filter, after, most)
            }),
        })
      },
    )
  }
}
