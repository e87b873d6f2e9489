// A finished run as CSV: person by person, streamed; or its tables, impact and scenarios, which hide what the report of
// the same depth hides.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import type { CsvPart, ReportDepth } from '../../contract/calibration/report.ts'
import { CsvQuery } from '../../contract/calibration/report.ts'
import { Refusal } from '../../contract/refusal.ts'
import { decodeResults } from '../../operations/run/results.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, okOrUnchanged } from '../core/openapi/responses.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { exportCsv } from './export-csv.ts'
import { erased, finishedRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'
import { drawn, UNCHANGED } from './report-routes.ts'

export function runExportRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:id/export.csv',
      operation(context, {
        id: 'exportCalibrationRun',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'The run as CSV: its people, its tables, its impact or its scenarios',
        description:
          'One row a person, excluded ones too, unless another part is asked for. Tables, impact and scenarios hide and join in the depths headline and groups what the report does; a hidden figure is [c]. Text that a spreadsheet would take for a formula begins with an apostrophe.',
        params: IdParams,
        query: CsvQuery,
        answers: okOrUnchanged(inTypes({ 'text/csv': Type.String() })),
        refuses: RESULTS_REFUSALS,
      }),
      (request, reply) => {
        const { depth, part = depth === 'persons' ? 'persons' : 'tables' } = request.query
        if (part !== 'persons') return sendPart(context, request, reply, part, depth)
        if (depth === 'persons') return sendPersons(context, request, reply)
        throw notOfThisDepth()
      },
    )
  }
}

function notOfThisDepth(): Refusal {
  const detail = 'Rows of persons need the depth persons. Ask for that depth, or for another part.'
  return new Refusal('request-invalid', detail, {
    faults: [{ pointer: '/query/depth', code: 'value-not-allowed', detail }],
  })
}

async function sendPart(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  part: CsvPart,
  depth: ReportDepth,
): Promise<FastifyReply> {
  const { id } = request.params as { id: string }
  const csv = await drawn(context, request, reply, { kind: 'csv', part, depth })
  if (csv === UNCHANGED) return reply.code(304).send()
  return withName(reply, `${id}-${part}-${depth}`).send(csv)
}

async function sendPersons(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const run = await finishedRun(context, request)
  if (isUnchanged(request, reply, madeTag(context.release, run.id, 'csv'))) return reply.code(304).send()
  const { results } = await resultsOf(context, request, run)
  const persons = await asCaller(context, request, (trx) => readPersons(trx, run.endedBy))
  if (persons === null) throw erased()
  const names = decodeResults(results).methods.map(({ name }) => name)
  return withName(reply, run.id).send(exportCsv(persons, names))
}

function withName(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="calibration-run-${name}.csv"`)
}
