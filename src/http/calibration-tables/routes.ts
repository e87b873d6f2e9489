// Calibration tables: the life they share with questionnaires, and the one in force on a date.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  type CalibrationTable,
  CalibrationTableDraft,
  CalibrationTableVersion,
  InForceQuery,
} from '../../contract/documents/calibration-table.ts'
import { notFound } from '../../contract/refusal.ts'
import { termInForce } from '../../domain/table/in-force.ts'
import { calibrationTableRules } from '../../operations/document/document-rules.ts'
import { versionView } from '../../operations/document/version-view.ts'
import { findVersion, listTerms } from '../../store/documents.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { type DocumentResource, documentRoutes } from '../documents/routes.ts'
import { tableApplicationRoutes } from './application-routes.ts'

export const calibrationTables: DocumentResource<CalibrationTable> = {
  rules: calibrationTableRules,
  path: 'calibration-tables',
  tag: 'calibration tables',
  noun: 'calibration table',
  name: 'CalibrationTable',
  draft: CalibrationTableDraft,
  version: CalibrationTableVersion,
}

export function calibrationTableRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
    await app.register(documentRoutes(context, calibrationTables))
    await app.register(tableApplicationRoutes(context))

    app.get(
      '/in-force',
      operation(context, {
        id: 'getCalibrationTableInForce',
        scope: READING_DOCUMENTS,
        tag: calibrationTables.tag,
        summary: 'The calibration table that an assessment of a date would use',
        description:
          'Returns the published table with the latest effectiveFrom on or before the date. If no table of this questionnaire covers the date, the request is refused: another is never used instead.',
        query: InForceQuery,
        answers: okOrUnchanged(CalibrationTableVersion),
        refuses: ['no-table-in-force', 'not-found'],
      }),
      async (request, reply) => {
        const { questionnaire, on } = request.query
        const table = await database.asAuthority(callerOf(request).authorityId, async (trx) => {
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
