// Calibration tables: the life they share with questionnaires, the one in force on a date, and what publishing one would
// do to the people who have an allocation today.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ApplicationRequest, TableApplication } from '../../contract/calibration/run-tables.ts'
import {
  type CalibrationTable,
  CalibrationTableDraft,
  CalibrationTableVersion,
  InForceQuery,
} from '../../contract/documents/calibration-table.ts'
import { VersionParams } from '../../contract/documents/version.ts'
import { notFound } from '../../contract/refusal.ts'
import { termInForce } from '../../domain/table/in-force.ts'
import { loadTable } from '../../operations/caseload/load-table.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { versionView } from '../../operations/document/version-view.ts'
import { readCaseload } from '../../store/caseload.ts'
import { findVersion, listTerms } from '../../store/documents.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson, withMembers } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { type DocumentResource, documentRoutes } from './routes.ts'

export const calibrationTables: DocumentResource<CalibrationTable> = {
  rules: calibrationTableRules,
  noun: 'calibration table',
  name: 'CalibrationTable',
  draft: CalibrationTableDraft,
  version: CalibrationTableVersion,
}

export function calibrationTableRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { workers } = context
  return async (app) => {
    await app.register(documentRoutes(context, calibrationTables))

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
        const { table, rows } = await asCaller(context, request, async (trx) => {
          const found = await loadTable(trx, request.params)
          if (found === null) throw notFound()
          return { table: found, rows: await readCaseload(trx, found.content.questionnaire.key) }
        })
        const applied = await workers.run('application', { table, rows, envelopeAnnual, limit })
        const { key, version } = table.ref
        return sendJson(reply, withMembers({ table: { key, version } }, applied))
      },
    )

    app.get(
      '/in-force',
      operation(context, {
        id: 'getCalibrationTableInForce',
        scope: READING_DOCUMENTS,
        tag: 'calibration tables',
        summary: 'The calibration table that an assessment of a date would use',
        description:
          'Returns the published table with the latest effectiveFrom on or before the date. If no table of this questionnaire covers the date, the request is refused: another is never used instead.',
        query: InForceQuery,
        answers: okOrUnchanged(CalibrationTableVersion),
        refuses: ['no-table-in-force', 'not-found'],
      }),
      async (request, reply) => {
        const { questionnaire, on } = request.query
        const table = await asCaller(context, request, async (trx) => {
          const term = termInForce(await listTerms(trx, questionnaire), on)
          const stored = await findVersion(trx, 'calibration-table', term.table)
          if (stored === null) throw notFound()
          return stored
        })
        return isUnchanged(request, reply, table.contentHash)
          ? reply.code(304).send()
          : versionView(table, [])
      },
    )
  }
}
