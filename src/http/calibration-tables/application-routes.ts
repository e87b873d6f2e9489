// A table applied to the stored caseload: what publishing it would do to the people who have an allocation today.
// Nothing is stored, so that every draft can be tried.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { named } from '../../contract/primitives.ts'
import { notFound } from '../../contract/refusal.ts'
import { loadTable } from '../../operations/caseload/load-table.ts'
import { readCaseload } from '../../store/caseload.ts'
import { ApplicationRequest, TableApplication } from '../calibration-runs/table-schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { VersionParams } from '../documents/schema.ts'

export function tableApplicationRoutes({ database, allow, workers }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/:key/versions/:version/application',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags: ['calibration'],
          summary: 'Apply a table, draft or published, to the stored caseload without storing anything',
          operationId: 'applyCalibrationTable',
          params: VersionParams,
          body: named(ApplicationRequest),
          response: ok(named(TableApplication)),
        },
      },
      async (request, reply) => {
        const { envelopeAnnual = null, limit = 100 } = request.body
        const { table, rows } = await database.asAuthority(callerOf(request).authorityId, async (trx) => {
          const found = await loadTable(trx, request.params)
          if (found === null) throw notFound()
          return { table: found, rows: await readCaseload(trx, found.content.questionnaire.key) }
        })
        const applied = await workers.run('application', { table, rows, envelopeAnnual, limit })
        const { key, version } = table.ref
        return reply
          .type('application/json')
          .send(`${JSON.stringify({ table: { key, version } }).slice(0, -1)},${applied.slice(1)}`)
      },
    )
  }
}
