// A finished run for its readers: the report as a page, its charts, and the workbook, each in the depth that is asked
// for. They are drawn in a thread, from what is stored.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { ChartParams, ChartQuery, ReportQuery } from '../../contract/calibration/report.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { Rendering, ReportSource } from '../../operations/report/report-data.ts'
import { decodeRequest } from '../../operations/run/stored-run.ts'
import { REPORT_STYLE, styleSource } from '../../pages/style.ts'
import { findAuthority } from '../../store/authorities.ts'
import { readPersons } from '../../store/calibration-runs.ts'
import { findCohort } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, okOrUnchanged } from '../core/openapi/responses.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { asPage, pagePolicy, preferred } from '../core/requests/representation.ts'
import { erased, type FinishedRun, finishedRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const Bytes = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' })

const PAGE_POLICY = pagePolicy(styleSource(REPORT_STYLE))
const DRAWING_POLICY = "default-src 'none'; frame-ancestors 'none'"

export function runReportRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:id/report',
      operation(context, {
        id: 'getCalibrationRunReport',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'The run as a page to read and print',
        description:
          'One HTML page without scripts. The depths headline and groups hide counts under 10 and what would give them away; persons shows every person and must not be published.',
        params: IdParams,
        query: ReportQuery,
        answers: okOrUnchanged(inTypes({ 'text/html': Type.String() })),
        refuses: ['not-acceptable', ...RESULTS_REFUSALS, 'calibration-impossible'],
      }),
      async (request, reply) => {
        preferred(request, ['text/html'])
        const { depth, proposed = null } = request.query
        const what = { kind: 'report', depth } as const
        const page = await drawn(context, request, reply, what, proposed)
        if (page === UNCHANGED) return reply.code(304).send()
        return asPage(reply, PAGE_POLICY).send(page)
      },
    )

    app.get(
      '/:id/charts/:name.svg',
      operation(context, {
        id: 'getCalibrationRunChart',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'One chart of a run',
        description:
          'The charts of the report in the same depth. points-against-cost has a dot for every person, and so is there for persons alone; bootstrap-band is there when the run was asked how far to trust it.',
        params: ChartParams,
        query: ChartQuery,
        answers: okOrUnchanged(inTypes({ 'image/svg+xml': Type.String() })),
        refuses: ['not-acceptable', ...RESULTS_REFUSALS, 'calibration-impossible'],
      }),
      async (request, reply) => {
        preferred(request, ['image/svg+xml'])
        const what = { kind: 'chart', name: request.params.name, depth: request.query.depth } as const
        const svg = await drawn(context, request, reply, what)
        if (svg === UNCHANGED) return reply.code(304).send()
        if (svg === null) throw noChart(what)
        return reply.type('image/svg+xml').header('content-security-policy', DRAWING_POLICY).send(svg)
      },
    )

    app.get(
      '/:id/export.xlsx',
      operation(context, {
        id: 'exportCalibrationRunWorkbook',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'The figures of the report as a workbook',
        description: 'The same figures, hidden alike; in the depth persons with a row for every person.',
        params: IdParams,
        query: ReportQuery,
        answers: okOrUnchanged(inTypes({ [SHEET]: Bytes })),
        refuses: ['not-acceptable', ...RESULTS_REFUSALS, 'calibration-impossible'],
      }),
      async (request, reply) => {
        preferred(request, [SHEET])
        const { id } = request.params
        const { depth, proposed = null } = request.query
        const found = await drawn(context, request, reply, { kind: 'workbook', depth }, proposed)
        if (found === UNCHANGED) return reply.code(304).send()
        return reply
          .type(SHEET)
          .header('content-disposition', `attachment; filename="calibration-run-${id}-${depth}.xlsx"`)
          .send(typeof found === 'string' || found === null ? found : Buffer.from(found))
      },
    )
  }
}

export const UNCHANGED = Symbol('unchanged')

// A finished run never changes, but the council's name may, and with a release what is drawn.
export async function drawn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  what: Rendering,
  proposed: string | null = null,
): Promise<string | Uint8Array | null | typeof UNCHANGED> {
  const run = await finishedRun(context, request)
  const name = what.kind === 'chart' ? what.name : what.kind === 'csv' ? what.part : (proposed ?? '')
  const authority = await findAuthority(context.database, callerOf(request).authorityId)
  if (authority === null) throw new Error('a run has an authority')
  const tag = madeTag(context.release, run.id, authority.title, what.kind, what.depth, name)
  if (isUnchanged(request, reply, tag)) return UNCHANGED
  const source = await reportSource(context, request, run, authority.title)
  return context.workers.run('rendering', { ...source, proposed, what })
}

/** All that a run is drawn from: its stored results and people, and the names that readers know things by. */
export async function reportSource(
  context: Context,
  request: FastifyRequest,
  run: FinishedRun,
  authority: string,
): Promise<Omit<ReportSource, 'proposed'>> {
  const { authorityId } = callerOf(request)
  const { results } = await resultsOf(context, request, run)
  const { persons, cohort } = await asCaller(context, request, async (trx) => ({
    persons: await readPersons(trx, run.endedBy),
    cohort: await findCohort(trx, run.cohortId),
  }))
  if (persons === null) throw erased()
  if (cohort === null) throw new Error('a run stands on a cohort')
  const { questionnaire: restated } = decodeRequest(run.request)
  const found = await context.published.questionnaire(authorityId, restated ?? cohort.questionnaire)
  if (found === null) throw new Error('a run has a questionnaire')
  const { title, userGroups, scaleMaximum } = found.plan.questionnaire
  return {
    runId: run.id,
    results,
    persons,
    authority,
    cohort: {
      title: cohort.title,
      rejectedRows: cohort.parts.reduce((sum, { rejected }) => sum + rejected, 0),
    },
    questionnaire: { title, userGroups, scaleMaximum },
  }
}

function noChart({ name, depth }: Extract<Rendering, { kind: 'chart' }>): Refusal {
  return new Refusal(
    'not-found',
    `This run has no data for ${name}.svg in the depth ${depth}. Ask for another chart, or for the depth persons. Bands need a run with trust.`,
  )
}
