// Calibration tables: the life they share with questionnaires and what they have of their own, and what publishing one
// would do to the people who have an allocation today.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ApplicationRequest, TableApplication } from '../../contract/calibration/run-tables.ts'
import {
  type CalibrationTable,
  CalibrationTableDraft,
  CalibrationTablePublication,
  CalibrationTableVersion,
} from '../../contract/documents/calibration-table.ts'
import { type Seen, TablePublication } from '../../contract/documents/publication.ts'
import { VersionParams } from '../../contract/documents/version.ts'
import { notFound } from '../../contract/refusal.ts'
import { loadTable } from '../../operations/caseload/load-table.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { readCaseload } from '../../store/caseload.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import { sendJson, withMembers } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { affectedRoute } from './affected.ts'
import { inForceRoute } from './in-force.ts'
import { reportRoutes } from './reports.ts'
import { type DocumentResource, documentRoutes } from './routes.ts'
import { withdrawalRoutes } from './withdrawal.ts'

export const calibrationTables: DocumentResource<CalibrationTable> = {
  rules: calibrationTableRules,
  noun: 'calibration table',
  name: 'CalibrationTable',
  draft: CalibrationTableDraft,
  version: CalibrationTableVersion,
  publication: { body: TablePublication, answer: CalibrationTablePublication },
  // A body that was validated against that schema.
  seenIn: (body) => seenOf(body as TablePublication),
  refuses: ['report-changed', 'warning-not-acknowledged'],
}

function seenOf({ acknowledges = [], reports }: TablePublication): Seen {
  return { acknowledges, reports: reports ?? null }
}

export function calibrationTableRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { workers } = context
  return async (app) => {
    await app.register(documentRoutes(context, calibrationTables))
    await app.register(withdrawalRoutes(context))
    await app.register(inForceRoute(context))
    await app.register(affectedRoute(context))
    await app.register(reportRoutes(context))

    app.post(
      '/:key/versions/:version/application',
      operation(context, {
        id: 'applyCalibrationTable',
        heavy: 'reading',
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
  }
}
