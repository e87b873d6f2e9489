// Cohorts of real cases: sent whole or in parts as CSV or JSON, then sealed. What a row says of a person is stored and
// never given back here; what could not be used is told row by row.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { named } from '../../contract/primitives.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import { partReader } from '../../operations/cohort/read-part.ts'
import {
  addCohortPart,
  cohortView,
  type NewCohort,
  sealCohort,
  uploadCohort,
  type WrittenText,
} from '../../operations/cohort/write-cohort.ts'
import { IdParams } from '../assessments/schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { created, creating, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { claimOf } from '../core/requests/idempotency.ts'
import { readPart, registerCsvBody, sentAsFile } from './cohort-body.ts'
import { cohortDetailRoutes } from './detail-routes.ts'
import { existingCohort } from './get-cohort.ts'
import { cohortListRoutes } from './list-routes.ts'
import { Cohort, CohortPartUpload, CohortUpload, FileQuery, SealBody } from './schema.ts'
import { withAdvice } from './too-large.ts'

const tags = ['calibration']

export function cohortRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, allow } = context
  return async (app) => {
    registerCsvBody(app)
    app.setErrorHandler((error: Error) => {
      throw withAdvice(error)
    })
    await app.register(cohortListRoutes(context))
    await app.register(cohortDetailRoutes(context))

    app.post(
      '/',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Upload a cohort, whole or its first part, as CSV or JSON',
          operationId: 'uploadCohort',
          headers: creating,
          querystring: FileQuery,
          body: inEither(CohortUpload),
          response: created(named(Cohort)),
        },
      },
      async (request, reply) => {
        const cohort = newCohortOf(request)
        const rules = await rulesFor(context, request, cohort)
        const { rows, claim } = await readPart(request, partReader(rules), cohort)
        const written = await uploadCohort(database, { ...callerOf(request), claim }, cohort, rows)
        return sendWritten(reply, written)
      },
    )

    app.post(
      '/:id/parts',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Add a part to a cohort that is not sealed',
          operationId: 'addCohortPart',
          params: IdParams,
          headers: creating,
          body: inEither(CohortPartUpload),
          response: created(named(Cohort)),
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const found = await existingCohort(context, request)
        const rules = await rulesFor(context, request, found)
        const { rows, claim } = await readPart(request, partReader(rules), null)
        const written = await addCohortPart(database, { ...callerOf(request), claim }, id, rows)
        return sendWritten(reply, written)
      },
    )

    app.post(
      '/:id/seal',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'Seal a cohort; from then on it never changes and can be calibrated',
          operationId: 'sealCohort',
          params: IdParams,
          headers: creating,
          body: named(SealBody),
          response: created(named(Cohort)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 201)
        const written = await sealCohort(database, { ...callerOf(request), claim }, request.params.id)
        return sendWritten(reply, written)
      },
    )

    app.get(
      '/:id',
      {
        onRequest: allow('calibration:write'),
        schema: {
          tags,
          summary: 'A cohort: its state, counts and hashes',
          operationId: 'getCohort',
          params: IdParams,
          response: okOrUnchanged(named(Cohort)),
        },
      },
      async (request, reply) => {
        const found = await existingCohort(context, request)
        if (isUnchanged(request, reply, `${found.parts.length}${found.hash === null ? '' : '.sealed'}`))
          return reply.code(304).send()
        return reply.type('application/json').send(canonicalJson(cohortView(found)))
      },
    )
  }
}

// A list is held against its schema; a file against its header, once it is read.
function inEither(schema: TSchema) {
  // A stream, as the handler gets it; the OpenAPI document calls it the text that it is.
  const file = Type.Unknown({
    description:
      'UTF-8, commas, a header row that names the columns: ref, userGroup, points or answers.{domain}, weightings.{key}, addOns.{key}, carer.willingAndAble, carer.overall and carer.support.{domain}; costAnnual or costAmount and costFrequency; ageBand, setting, team, weight, estimateAnnual. At most 50,000 rows and 32 MB; more in parts.',
  })
  return { content: { 'application/json': { schema: named(schema) }, 'text/csv': { schema: file } } }
}

const OPTIONAL = ['syntheticNote', 'seal']

function newCohortOf(request: FastifyRequest): NewCohort {
  const query = request.query as Static<typeof FileQuery>
  if (!sentAsFile(request)) {
    const {
      rows: _,
      seal = false,
      syntheticNote = null,
      ...cohort
    } = request.body as Static<typeof CohortUpload>
    refuseQuery('field-unknown', (name) => name in query)
    return { ...cohort, syntheticNote, seal }
  }
  refuseQuery('field-missing', (name) => !OPTIONAL.includes(name) && !(name in query))
  const { title = '', questionnaire: key = '', questionnaireVersion: version = 0, weeksPerYear = '' } = query
  const { syntheticNote = null, seal = false } = query
  return { title, questionnaire: { key, version }, weeksPerYear, syntheticNote, seal }
}

function refuseQuery(code: 'field-missing' | 'field-unknown', isWrong: (name: string) => boolean): void {
  const detail =
    code === 'field-missing'
      ? 'A file needs this in the address.'
      : 'Say this in the body: the address is for files only.'
  const faults = Object.keys(FileQuery.properties)
    .filter(isWrong)
    .map((name) => ({ pointer: `/query/${name}`, code, detail }))
  if (faults.length === 0) return
  const count = `${faults.length} fault${faults.length === 1 ? '' : 's'}`
  throw new Refusal('request-invalid', `The query string has ${count}; errors[] lists them.`, { faults })
}

async function rulesFor(
  { published }: Context,
  request: FastifyRequest,
  { questionnaire: ref, weeksPerYear }: { readonly questionnaire: VersionRef; readonly weeksPerYear: string },
) {
  const found = await published.questionnaire(callerOf(request).authorityId, ref)
  if (found === null) {
    const detail = `No published questionnaire "${ref.key}" version ${ref.version}. Name a published version; GET /v1/questionnaires lists them.`
    throw new Refusal('questionnaire-not-found', detail)
  }
  return rowRules(found.plan, weeksPerYear)
}

function sendWritten(reply: FastifyReply, written: WrittenText | null): FastifyReply {
  if (written === null) throw notFound()
  if (written.replayed) reply.header('idempotency-replayed', 'true')
  return reply
    .code(201)
    .header('location', `/v1/cohorts/${written.id}`)
    .type('application/json')
    .send(written.text)
}
