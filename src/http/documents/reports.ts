// The reports of a draft are made, and read: by the council, and by everybody once the draft is published.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  EqualityReport,
  ImpactReport,
  TableReports,
  TableReportsRequest,
} from '../../contract/documents/table-reports.ts'
import { VersionParams } from '../../contract/documents/version.ts'
import { notFound } from '../../contract/refusal.ts'
import { freezeReports, REPORTS_REFUSALS } from '../../operations/document/make-reports.ts'
import { type FrozenReport, readReport } from '../../operations/document/read-report.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { created, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { matchOf } from './routes.ts'

export function reportRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/:key/versions/:version/reports',
      operation(context, {
        id: 'makeCalibrationTableReports',
        scope: 'tables:draft',
        tag: 'calibration tables',
        summary: 'Make the reports of a draft, once for each revision',
        description:
          'Applies the draft to the included people of the run that its evidence names, and keeps what everybody may read of it: who gains and who loses, and the effects on equality. Publication then names their hashes. An edit of the draft makes them stale.',
        key: true,
        match: true,
        params: VersionParams,
        body: TableReportsRequest,
        answers: created(TableReports),
        refuses: REPORTS_REFUSALS,
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const matches = matchOf(request)
        const { answer, replayed } = await freezeReports(
          context,
          callerOf(request),
          key,
          request.params,
          matches,
        )
        if (replayed) reply.header('idempotency-replayed', 'true')
        return sendJson(reply.code(201).header('location', answer.impact.address), JSON.stringify(answer))
      },
    )

    for (const { name, title, schema } of REPORTS)
      app.get(
        `/:key/versions/:version/reports/${name}`,
        operation(context, {
          id: `getCalibrationTable${title}Report`,
          scope: READING_DOCUMENTS,
          tag: 'calibration tables',
          summary: `The ${name} report of a draft as it was frozen, or of a published table as its publisher read it`,
          description:
            'Returns canonical JSON, whose SHA-256 is the ETag and stands in the publication. A draft that was edited since has no report.',
          params: VersionParams,
          answers: okOrUnchanged(schema),
          refuses: ['not-found'],
        }),
        async (request, reply) => {
          const found = await asCaller(context, request, (trx) =>
            readReport(trx, request.params, name, 'council'),
          )
          return sendReport(request, reply, found)
        },
      )
  }
}

/** The reports of a table, by their names. */
export const REPORTS = [
  { name: 'impact', title: 'Impact', schema: ImpactReport },
  { name: 'equality', title: 'Equality', schema: EqualityReport },
] as const

/** Answers with the very bytes that were frozen. */
export function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  found: FrozenReport | null,
): FastifyReply {
  if (found === null) throw notFound()
  if (isUnchanged(request, reply, found.sha256)) return reply.code(304).send()
  return sendJson(reply, found.text)
}
