// A run beside the table in force on a date, or beside another run on the same cohort: as figures, as the report's own
// pages, or as a file.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import type { RunResults } from '../../contract/calibration/run-results.ts'
import { ComparisonQuery, RunComparison } from '../../contract/calibration/run-tables.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { Refusal } from '../../contract/refusal.ts'
import { loadTableInForce } from '../../operations/caseload/load-table.ts'
import type { ReportBeside } from '../../operations/report/compared-report.ts'
import type { Rendering } from '../../operations/report/report-data.ts'
import { decodeResults, withoutRequest } from '../../operations/run/results.ts'
import { REPORT_STYLE, styleSource } from '../../pages/style.ts'
import { findAuthority } from '../../store/authorities.ts'
import { findRun, readPersons, readResults } from '../../store/calibration-runs.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, ok } from '../core/openapi/responses.ts'
import { sendJson, withMembers } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { asPage, pagePolicy, preferred } from '../core/requests/representation.ts'
import { erased, type FinishedRun, finishedRun, RESULTS_REFUSALS, resultsOf } from './get-run.ts'
import { reportSource } from './report-routes.ts'

const JSON_TYPE = 'application/json'
const PAGE = 'text/html'
const FILE = 'text/csv'

export function runComparisonRoute(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:id/comparison',
      operation(context, {
        id: 'compareCalibrationRun',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'What a run would change from the table in force on a date, or from another run',
        description:
          'Sets each method beside what the table in force (on) or a method of another run on the same cohort (with) gives the same people, and shows who would gain and who would lose: as JSON, as a page, or one part as CSV. Pages and files hide what a report of the same depth hides. Nothing is stored.',
        params: IdParams,
        query: ComparisonQuery,
        answers: ok(inTypes({ [JSON_TYPE]: RunComparison, [PAGE]: Type.String(), [FILE]: Type.String() })),
        refuses: [
          'not-acceptable',
          ...RESULTS_REFUSALS,
          'cohorts-differ',
          'no-table-in-force',
          'questionnaire-not-priced',
          'not-publishable',
          'calibration-impossible',
        ],
      }),
      async (request, reply) => {
        const type = preferred(request, [JSON_TYPE, PAGE, FILE])
        refuseBoth(request.query)
        const run = await finishedRun(context, request)
        const own = decodeResults((await resultsOf(context, request, run)).results)
        const other = await otherOf(context, request, run, own)
        if (type === JSON_TYPE) return sendFigures(context, request, reply, run, own, other)
        return sendDrawn(context, request, reply, run, other.against, type)
      },
    )
  }
}

type Query = Static<typeof ComparisonQuery>

function refuseBoth({ on, with: other }: Query): void {
  if ((on === undefined) !== (other === undefined)) return
  const missing = on === undefined
  const detail = missing
    ? 'There is nothing to compare with. Give "on" or "with".'
    : 'A comparison is with one thing. Give "on" or "with", not both.'
  const code = missing ? 'field-missing' : 'field-unknown'
  throw new Refusal('request-invalid', detail, {
    faults: [{ pointer: missing ? '/query/on' : '/query/with', code, detail }],
  })
}

type Other = {
  readonly against: ReportBeside
  readonly told: {
    readonly on: string | null
    readonly table: VersionRef | null
    readonly with: { readonly runId: string; readonly method: string } | null
  }
}

async function otherOf(
  context: Context,
  request: FastifyRequest,
  run: FinishedRun,
  { questionnaire }: RunResults,
): Promise<Other> {
  const { on, with: otherId, method } = request.query as Query
  if (on === undefined) return otherRun(context, request, run, otherId ?? '', method)
  const table = await asCaller(context, request, (trx) => loadTableInForce(trx, questionnaire, on))
  const { key, version } = table.ref
  return {
    against: {
      beside: { kind: 'table', table },
      name: `the table ${key}, version ${version}, in force on ${on}`,
      existingIs: 'what the table in force gives them',
    },
    told: { on, table: table.ref, with: null },
  }
}

async function otherRun(
  context: Context,
  request: FastifyRequest,
  { cohortId }: FinishedRun,
  id: string,
  asked: string | undefined,
): Promise<Other> {
  const found = await asCaller(context, request, async (trx) => {
    const run = await findRun(trx, id)
    const event = run?.state === 'done' ? run.endedBy : null
    if (run === null || event === null) return { run, results: null, persons: null }
    return { run, results: await readResults(trx, event), persons: await readPersons(trx, event) }
  })
  if (found.run === null)
    throw new Refusal('not-found', 'There is no other run with this id. GET /v1/calibration-runs lists them.')
  if (found.run.cohortId !== cohortId)
    throw new Refusal('cohorts-differ', 'The other run is on another cohort. Name a run on the same cohort.')
  if (found.run.state !== 'done')
    throw new Refusal('calibration-run-not-done', 'The other run is not done. Poll it until it is done.')
  if (found.results === null || found.persons === null) throw erased()
  const { methods, request: settings } = decodeResults(found.results.results)
  const place = methods.findIndex(
    ({ outcome, name }) => outcome === 'fitted' && (asked === undefined || name === asked),
  )
  const method = methods[place]
  if (method === undefined) throw noMethod(methods.map(({ name }) => name))
  return {
    against: {
      beside: {
        kind: 'run',
        persons: found.persons,
        method: place,
        rounding: settings.rounding.to,
        held: settings.contingency.fraction,
      },
      name: `the method ${method.name} of the run ${id}`,
      existingIs: 'what the other run gives them',
    },
    told: { on: null, table: null, with: { runId: id, method: method.name } },
  }
}

function noMethod(names: readonly string[]): Refusal {
  const detail = `The other run has no table by that method; its methods are ${names.join(', ')}. Name one that was fitted.`
  return new Refusal('calibration-impossible', detail, {
    faults: [{ pointer: '/query/method', code: 'parameter-out-of-range', detail }],
  })
}

async function sendFigures(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  run: FinishedRun,
  { request: asked, characteristics, methods: all }: RunResults,
  { against: { beside }, told }: Other,
): Promise<FastifyReply> {
  const methods = all.map((method) =>
    method.outcome === 'refused' ? withoutRequest(method) : { outcome: method.outcome, name: method.name },
  )
  const persons = await asCaller(context, request, (trx) => readPersons(trx, run.endedBy))
  if (persons === null) throw erased()
  const input = { request: asked, characteristics, methods, persons, beside }
  const compared = await context.workers.run('comparison', input)
  return sendJson(reply, withMembers({ runId: run.id, ...told }, compared))
}

async function sendDrawn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  run: FinishedRun,
  against: ReportBeside,
  type: typeof PAGE | typeof FILE,
): Promise<FastifyReply> {
  const { depth = 'headline', part = 'impact' } = request.query as Query
  const what: Rendering = type === PAGE ? { kind: 'report', depth } : { kind: 'csv', part, depth }
  const authority = await findAuthority(context.database, callerOf(request).authorityId)
  if (authority === null) throw new Error('a run has an authority')
  const source = await reportSource(context, request, run, authority.title)
  const drawn = await context.workers.run('rendering', { ...source, proposed: null, against, what })
  if (type === PAGE) return asPage(reply, pagePolicy(styleSource(REPORT_STYLE))).send(drawn)
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="calibration-run-${run.id}-compared-${part}.csv"`)
    .send(drawn)
}
