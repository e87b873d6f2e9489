// Cohorts of real cases: sent whole or in parts as CSV or JSON, then sealed. What a row says of a person is stored and
// never given back here; what could not be used is told row by row.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import {
  Cohort,
  CohortPartUpload,
  CohortSeal,
  CohortUpload,
  FileQuery,
} from '../../contract/calibration/cohort.ts'
import { named } from '../../contract/primitives.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { faultsIn, Refusal } from '../../contract/refusal.ts'
import { declaredBy } from '../../domain/calibration/cohort/characteristics.ts'
import { rowRules } from '../../domain/calibration/cohort/cohort-row.ts'
import { partReader } from '../../operations/cohort/read-part.ts'
import {
  addCohortPart,
  type NewCohort,
  sealCohort,
  uploadCohort,
} from '../../operations/cohort/write-cohort.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created } from '../core/openapi/responses.ts'
import { sendCreated } from '../core/requests/answers.ts'
import type { Context } from '../core/requests/context.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { readPart, registerCsvBody, sentAsFile, withAdvice } from './cohort-body.ts'
import { cohortReadRoutes, getCohort } from './read-routes.ts'

export function cohortRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    registerCsvBody(app)
    app.setErrorHandler((error: Error) => {
      throw withAdvice(error)
    })
    await app.register(cohortReadRoutes(context))

    app.post(
      '/',
      operation(context, {
        id: 'uploadCohort',
        heavy: 'upload',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Upload a cohort, whole or its first part, as CSV or JSON',
        description:
          'Stores real cases, each with points or answers and its present cost, as a new cohort. Rows that cannot be used are left out and listed with their reasons. Further rows are sent as parts until the cohort is sealed.',
        key: true,
        query: FileQuery,
        body: inEither(CohortUpload),
        answers: created(Cohort),
        refuses: FILE_REFUSALS,
      }),
      async (request, reply) => {
        const cohort = newCohortOf(request)
        const rules = await rulesFor(context, request, cohort)
        const { rows, key } = await readPart(request, partReader(rules), cohort)
        const uploaded = await uploadCohort(context, callerOf(request), key, cohort, rows)
        return sendCreated(reply, 'cohorts', uploaded)
      },
    )

    app.post(
      '/:id/parts',
      operation(context, {
        id: 'addCohortPart',
        heavy: 'upload',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Add a part to a cohort that is not sealed',
        description:
          'Adds rows to a cohort that is not sealed, up to 100 parts and a million rows in all. Rows that cannot be used are left out and listed with their reasons.',
        key: true,
        params: IdParams,
        body: inEither(CohortPartUpload),
        answers: created(Cohort),
        refuses: ['not-found', ...FILE_REFUSALS, 'cohort-sealed', 'cohort-full'],
      }),
      async (request, reply) => {
        const { id } = request.params
        const found = await getCohort(context, request)
        const rules = await rulesFor(context, request, found)
        const { rows, key } = await readPart(request, partReader(rules), null)
        return sendCreated(reply, 'cohorts', await addCohortPart(context, callerOf(request), key, id, rows))
      },
    )

    app.post(
      '/:id/seal',
      operation(context, {
        id: 'sealCohort',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'Seal a cohort; from then on it never changes and can be calibrated',
        description:
          'Closes a cohort for good. Nothing can be added to it any more, and calibration runs can use it.',
        key: true,
        params: IdParams,
        body: CohortSeal,
        answers: created(Cohort),
        refuses: ['not-found', 'cohort-sealed'],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const { id } = request.params
        return sendCreated(reply, 'cohorts', await sealCohort(context, callerOf(request), key, id))
      },
    )
  }
}

const FILE_REFUSALS = [
  'questionnaire-not-found',
  'cohort-file-malformed',
] as const satisfies readonly RefusalCode[]

// A list is held against its schema; a file against its header, once it is read.
function inEither(schema: TSchema) {
  // A stream, as the handler gets it; the OpenAPI document calls it the text that it is.
  const file = Type.Unknown({
    description:
      'UTF-8, commas, a header row that names the columns: ref, userGroup, points or answers.{domain}, weightings.{key}, addOns.{key}, carer.willingAndAble, carer.overall and carer.support.{domain}; costAnnual or costAmount and costFrequency; ageBand, setting, team, weight, estimateAnnual and characteristics.{key}. At most 50,000 rows and 32 MB; more in parts.',
  })
  return { content: { 'application/json': { schema: named(schema) }, 'text/csv': { schema: file } } }
}

const OPTIONAL = ['syntheticNote', 'collectedFrom', 'collectedBefore', 'seal']

function newCohortOf(request: FastifyRequest): NewCohort {
  const query = request.query as Static<typeof FileQuery>
  if (!sentAsFile(request)) {
    const {
      rows: _,
      seal = false,
      syntheticNote = null,
      characteristics = [],
      collectedFrom = null,
      collectedBefore = null,
      ...cohort
    } = request.body as Static<typeof CohortUpload>
    refuseQuery('field-unknown', (name) => name in query)
    refuseTwice(characteristics)
    return checkedDates({ ...cohort, syntheticNote, characteristics, collectedFrom, collectedBefore, seal })
  }
  refuseQuery('field-missing', (name) => !OPTIONAL.includes(name) && !(name in query))
  const { title = '', questionnaire: key = '', questionnaireVersion: version = 0, weeksPerYear = '' } = query
  const { syntheticNote = null, collectedFrom = null, collectedBefore = null, seal = false } = query
  const said = { syntheticNote, characteristics: [], collectedFrom, collectedBefore, seal }
  return checkedDates({ title, questionnaire: { key, version }, weeksPerYear, ...said })
}

// A key names one characteristic, and one value of it.
function refuseTwice(characteristics: NewCohort['characteristics']): void {
  const keys = [
    { keys: characteristics.map(({ key }) => key), at: '/characteristics' },
    ...characteristics.map(({ values }, i) => ({
      keys: values.map(({ key }) => key),
      at: `/characteristics/${i}/values`,
    })),
  ]
  const detail = 'This key is used before in the list. Give each its own.'
  const faults = keys.flatMap(({ keys: own, at }) =>
    own.flatMap((key, i) =>
      own.indexOf(key) === i ? [] : { pointer: `${at}/${i}/key`, code: 'key-duplicate' as const, detail },
    ),
  )
  if (faults.length > 0) throw new Refusal('request-invalid', faultsIn('The body', faults), { faults })
}

function checkedDates(cohort: NewCohort): NewCohort {
  const { collectedFrom, collectedBefore } = cohort
  if (collectedFrom === null || collectedBefore === null || collectedFrom < collectedBefore) return cohort
  const detail = 'collectedBefore is not after collectedFrom. Give the day after the last one.'
  const faults = [{ pointer: '/collectedBefore', code: 'value-range' as const, detail }]
  throw new Refusal('request-invalid', detail, { faults })
}

function refuseQuery(code: 'field-missing' | 'field-unknown', isWrong: (name: string) => boolean): void {
  const detail =
    code === 'field-missing'
      ? 'Missing: a CSV file needs this query parameter. Add it.'
      : 'This query parameter is for CSV files only. Remove it, and put what it says in the body.'
  const faults = Object.keys(FileQuery.properties)
    .filter(isWrong)
    .map((name) => ({ pointer: `/query/${name}`, code, detail }))
  if (faults.length === 0) return
  throw new Refusal('request-invalid', faultsIn('The query string', faults), { faults })
}

async function rulesFor(
  { published }: Context,
  request: FastifyRequest,
  {
    questionnaire: ref,
    weeksPerYear,
    characteristics,
  }: Pick<NewCohort, 'questionnaire' | 'weeksPerYear' | 'characteristics'>,
) {
  const found = await published.questionnaire(callerOf(request).authorityId, ref)
  if (found === null) {
    const detail = 'This questionnaire version is not published. GET /v1/questionnaires lists those that are.'
    throw new Refusal('questionnaire-not-found', detail)
  }
  return rowRules(found.plan, weeksPerYear, declaredBy(characteristics, sentAsFile(request)))
}
