// A table applied to the stored caseload: what publishing it would do to the people who have an allocation today.
// Nothing is stored, so that every draft can be tried.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ApplicationRequest, TableApplication } from '../../contract/calibration/run-tables.ts'
import { VersionParams } from '../../contract/documents/version.ts'
import { notFound } from '../../contract/refusal.ts'
import { loadTable } from '../../operations/caseload/load-table.ts'
import { readCaseload } from '../../store/caseload.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'

export function tableApplicationRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, workers } = context
  return async (app) => {
    app.post(
      '/:key/versions/:version/application',
      operation(context, {
        id: 'applyCalibrationTable',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Apply a table, draft or published, to the stored caseload without storing anything',
        description:
          'Prices everybody who has an allocation by this table and compares the amounts, so that the effect is known before publication. Nothing is stored.',
        params: VersionParams,
        body: ApplicationRequest,
        answers: ok(TableApplication),
        refuses: ['not-found', 'not-publishable', 'erased-under-policy', 'calibration-impossible'],
      }),
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
