// Assessments come in and stay: each is recorded with the allocation computed from it, once, and is corrected only
// by another that points back at it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RecordedAssessment } from '../../contract/allocation/allocation.ts'
import { Assessment, AssessmentIntake, IdParams } from '../../contract/allocation/assessment.ts'
import { named } from '../../contract/primitives.ts'
import { assessmentText } from '../../domain/assessment/record.ts'
import { recordAssessment } from '../../operations/assessment/record-assessment.ts'
import { findRequest } from '../../store/events.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { created, creating, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { claimOf, type RequestClaim } from '../core/requests/idempotency.ts'
import { refuseNhsNumber } from './person-ref.ts'
import {
  type ExistingAssessment,
  existingAssessment,
  refusalOf,
  refuseAsCorrection,
  refuseFuture,
} from './refusals.ts'

const tags = ['assessments']

export function assessmentRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, allow } = context
  return async (app) => {
    app.post(
      '/',
      {
        onRequest: allow('assessments:write'),
        schema: {
          tags,
          summary: 'Record an assessment, and get its indicative allocation with the working',
          operationId: 'recordAssessment',
          headers: creating,
          body: named(AssessmentIntake),
          response: created(named(RecordedAssessment)),
        },
      },
      async (request, reply) => record(context, request, reply, claimOf(request, 201), request.body, null),
    )

    app.post(
      '/:id/corrections',
      {
        onRequest: allow('assessments:write'),
        schema: {
          tags,
          summary: 'Correct an assessment: record another that supersedes it',
          operationId: 'correctAssessment',
          params: IdParams,
          headers: creating,
          body: named(AssessmentIntake),
          response: created(named(RecordedAssessment)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 201)
        const corrected = await toCorrect(context, request, request.params.id, request.body, claim)
        return record(context, request, reply, claim, request.body, corrected)
      },
    )

    app.get(
      '/:id',
      {
        onRequest: allow('allocations:read'),
        schema: {
          tags,
          summary: 'One recorded assessment',
          operationId: 'getAssessment',
          params: IdParams,
          response: okOrUnchanged(named(Assessment)),
        },
      },
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
