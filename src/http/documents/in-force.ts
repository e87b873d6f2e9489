// The table in force on a date: as it is known now, or as it was known at an earlier instant.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CalibrationTableVersion, InForceQuery } from '../../contract/documents/calibration-table.ts'
import { faultsIn, notFound, Refusal } from '../../contract/refusal.ts'
import { standing, standingAt, type TableTerm, termInForce } from '../../domain/table/in-force.ts'
import { NO_FINDINGS, versionView, withdrawalStep } from '../../operations/document/version-view.ts'
import { findVersion } from '../../store/documents.ts'
import { listTerms } from '../../store/terms.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { okOrUnchanged } from '../core/openapi/responses.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'

export function inForceRoute(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/in-force',
      operation(context, {
        id: 'getCalibrationTableInForce',
        scope: READING_DOCUMENTS,
        tag: 'calibration tables',
        summary: 'The calibration table that an assessment of a date would use',
        description:
          'Of the published tables that have begun by the date, returns the one that begins last; of equals, the one published last. If its effectiveBefore has come, or none has begun, the request is refused: another is never used instead. With asOf it answers as it was known then.',
        query: InForceQuery,
        answers: okOrUnchanged(CalibrationTableVersion),
        refuses: ['no-table-in-force', 'not-found'],
      }),
      async (request, reply) => {
        const { questionnaire, on, asOf } = request.query
        const known = knownBy(asOf)
        const table = await asCaller(context, request, async (trx) => {
          const term = termInForce(known(await listTerms(trx, questionnaire)), on)
          const stored = await findVersion(trx, 'calibration-table', term.table)
          if (stored === null) throw notFound()
          return stored
        })
        const tag = [table.contentHash, withdrawalStep(table) ?? []].flat().join('.')
        return isUnchanged(request, reply, tag) ? reply.code(304).send() : versionView(table, NO_FINDINGS)
      },
    )
  }
}

type Known = (terms: readonly TableTerm[]) => readonly TableTerm[]

/** The terms that stand now, or that stood at an instant. Refuses one that has not come, as `request-invalid`. */
export function knownBy(asOf: string | undefined): Known {
  if (asOf === undefined) return standing
  const instant = new Date(asOf)
  if (instant.getTime() > Date.now()) {
    const detail = 'asOf has not come yet. Send an instant up to now, or leave it out.'
    const faults = [{ pointer: '/query/asOf', code: 'value-range', detail } as const]
    throw new Refusal('request-invalid', faultsIn('The query string', faults), { faults })
  }
  return (terms) => standingAt(terms, instant.toISOString())
}
