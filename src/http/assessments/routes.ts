// Assessments come in and stay: each is recorded with the allocation computed from it, once, and is corrected only
// by another that points back at it. Estimates are the same sum, for any date that has a table, with nothing stored.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Estimate, RecordedAssessment } from '../../contract/allocation/allocation.ts'
import {
  Assessment,
  AssessmentIntake,
  EstimateIntake,
  IdParams,
} from '../../contract/allocation/assessment.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { assessmentText } from '../../domain/assessment/record.ts'
import { PRICING_REFUSALS, priceAssessment } from '../../operations/assessment/price-assessment.ts'
import { type Recorded, recordAssessment } from '../../operations/assessment/record-assessment.ts'
import { readable } from '../../operations/assessment/stored-intake.ts'
import type { Written } from '../../operations/write-once.ts'
import { type FoundIntake, findIntake } from '../../store/intakes.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created, ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendCreated, sendJson } from '../core/requests/answers.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { nameOptions } from './named-options.ts'

// What is found to be there already when an assessment is stored.
const IN_THE_WAY = [
  'assessment-already-recorded',
  'another-revision-recorded',
] as const satisfies readonly RefusalCode[]

export function assessmentRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, published } = context
  return async (app) => {
    nameOptions(app, published, (request) => callerOf(request).authorityId)
    app.post(
      '/',
      operation(context, {
        id: 'recordAssessment',
        scope: 'assessments:write',
        tag: 'assessments',
        summary: 'Record an assessment, and get its indicative allocation with the working',
        description:
          'Scores and prices the answers by the table in force on assessedOn, and stores both as one event. A retry with the same key gets the same answer.',
        key: true,
        body: AssessmentIntake,
        answers: created(RecordedAssessment),
        refuses: ['assessed-in-the-future', 'decided-in-the-future', ...PRICING_REFUSALS, ...IN_THE_WAY],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const recorded = await recordAssessment(context, callerOf(request), key, request.body, null)
        return sendRecorded(context, request, reply, recorded)
      },
    )

    app.post(
      '/:id/corrections',
      operation(context, {
        id: 'correctAssessment',
        scope: 'assessments:write',
        tag: 'assessments',
        summary: 'Correct an assessment: record another that supersedes it',
        description:
          'Records a whole new assessment, with an allocation of its own, that supersedes the one at this address; nothing stored is changed. It keeps personRef and assessmentRef and has a higher revision.',
        key: true,
        params: IdParams,
        body: AssessmentIntake,
        answers: created(RecordedAssessment),
        refuses: [
          'not-found',
          'erased-under-policy',
          'correction-person-differs',
          'correction-reference-differs',
          'correction-revision-lower',
          'assessed-in-the-future',
          'decided-in-the-future',
          ...PRICING_REFUSALS,
          ...IN_THE_WAY,
          'already-corrected',
        ],
      }),
      async (request, reply) => {
        const key = requestKeyOf(request)
        const { id } = request.params
        const recorded = await recordAssessment(context, callerOf(request), key, request.body, id)
        return sendRecorded(context, request, reply, recorded)
      },
    )

    app.get(
      '/:id',
      operation(context, {
        id: 'getAssessment',
        scope: 'allocations:read',
        tag: 'assessments',
        summary: 'One recorded assessment',
        description:
          'Returns the answers as they were recorded, by whom and when. correctedBy is the assessment that supersedes this one, or null.',
        params: IdParams,
        answers: okOrUnchanged(Assessment),
        refuses: ['not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const { authorityId } = callerOf(request)
        const found = readable('assessment', await findIntake(database, authorityId, request.params))
        if (isUnchanged(request, reply, tagOf(found))) return reply.code(304).send()
        return sendJson(reply, assessmentText(found.body, found.correctedBy))
      },
    )
  }
}

/** With the receipt, which a retry gets too: the log can be held to it from then on. */
function sendRecorded(
  { receipts }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  recorded: Written<Recorded>,
): FastifyReply {
  const { id, leafHash } = recorded.answer
  reply.header('openras-receipt', receipts.receipt(callerOf(request).authorityId, id, leafHash))
  return sendCreated(reply, 'assessments', recorded)
}

// A stored assessment never changes but in one thing: what corrects it.
function tagOf({ id, correctedBy }: FoundIntake): string {
  return correctedBy === null ? id : `${id}.${correctedBy}`
}

export function estimateRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { published } = context
  return async (app) => {
    nameOptions(app, published, (request) => callerOf(request).authorityId)
    app.post(
      '/',
      operation(context, {
        id: 'estimate',
        scope: 'allocations:read',
        tag: 'estimates',
        summary: 'Compute what an assessment would be allocated, and store nothing',
        description:
          'Scores and prices the answers exactly as an allocation would be, for any date that has a table. Nothing is stored and nobody is named.',
        body: EstimateIntake,
        answers: ok(Estimate),
        refuses: PRICING_REFUSALS,
      }),
      async (request) => {
        const result = await priceAssessment(published, callerOf(request).authorityId, request.body, 'fresh')
        return { currency: 'GBP' as const, ...result }
      },
    )
  }
}
