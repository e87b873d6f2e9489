// Assessments come in and stay: each is recorded with the allocation computed from it, once, and is corrected only
// by another that points back at it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RefusalCode } from '../../contract/problems.ts'
import { type AssessmentIntake, assessmentText } from '../../domain/assessment/record.ts'
import { PRICING_REFUSALS } from '../../operations/assessment/price-assessment.ts'
import { recordAssessment } from '../../operations/assessment/record-assessment.ts'
import { findRequest } from '../../store/events.ts'
import { RecordedAssessment } from '../allocations/schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { created, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { claimOf, type RequestClaim } from '../core/requests/idempotency.ts'
import { nameOptions } from './named-options.ts'
import { refuseNhsNumber } from './person-ref.ts'
import {
  type ExistingAssessment,
  existingAssessment,
  refusalOf,
  refuseAsCorrection,
  refuseFuture,
} from './refusals.ts'
import { Assessment, AssessmentIntake as AssessmentIntakeForm, IdParams } from './schema.ts'

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
        body: AssessmentIntakeForm,
        answers: created(RecordedAssessment),
        refuses: ['assessed-in-the-future', 'decided-in-the-future', ...PRICING_REFUSALS, ...IN_THE_WAY],
      }),
      async (request, reply) => record(context, request, reply, claimOf(request, 201), request.body, null),
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
        body: AssessmentIntakeForm,
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
        const claim = claimOf(request, 201)
        const corrected = await toCorrect(context, request, request.params.id, request.body, claim)
        return record(context, request, reply, claim, request.body, corrected)
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
        const found = await existingAssessment(database, authorityId, request.params.id)
        if (isUnchanged(request, reply, tagOf(found))) return reply.code(304).send()
        return reply.type('application/json').send(assessmentText(found.body, found.correctedBy))
      },
    )
  }
}

// Whatever is wrong with the correction, a key that was used for another request is told of first.
async function toCorrect(
  { database }: Context,
  request: FastifyRequest,
  id: string,
  intake: AssessmentIntake,
  { clientId, key, recognise }: RequestClaim,
): Promise<ExistingAssessment> {
  const { authorityId } = callerOf(request)
  try {
    const found = await existingAssessment(database, authorityId, id)
    refuseAsCorrection(found, intake)
    return found
  } catch (error) {
    const stored = await findRequest(database, authorityId, clientId, key)
    if (stored !== null) recognise(stored)
    throw error
  }
}

async function record(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { clientId, key, with: claim, recognise }: RequestClaim,
  intake: AssessmentIntake,
  corrected: ExistingAssessment | null,
): Promise<FastifyReply> {
  const { authorityId, subjectId } = callerOf(request)
  refuseNhsNumber(intake.personRef)
  refuseFuture(intake)
  const corrects = corrected && { assessmentId: corrected.id, allocationId: corrected.allocationId }
  const recorded = await recordAssessment(context, {
    authorityId,
    subjectId,
    intake,
    corrects,
    clientId,
    idempotencyKey: key,
    claim,
    recognise,
  }).catch(async (error: unknown) => {
    throw await refusalOf(context.database, authorityId, intake, error)
  })
  if (recorded.replayed) reply.header('idempotency-replayed', 'true')
  return reply
    .code(201)
    .header('location', `/v1/assessments/${recorded.assessmentId}`)
    .type('application/json')
    .send(recorded.text)
}

// A stored assessment never changes but in one thing: what corrects it.
function tagOf({ id, correctedBy }: ExistingAssessment): string {
  return correctedBy === null ? id : `${id}.${correctedBy}`
}
