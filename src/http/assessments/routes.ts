// Assessments come in and stay: each is recorded with the allocation computed from it, once, and is corrected only
// by another that points back at it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { named } from '../../contract/primitives.ts'
import { assessmentText } from '../../domain/assessment/record.ts'
import { getAssessment, type ReadableAssessment } from '../../operations/assessment/get-assessment.ts'
import { type Recorded, recordAssessment } from '../../operations/assessment/record-assessment.ts'
import type { Written } from '../../operations/write-once.ts'
import { RecordedAssessment } from '../allocations/schema.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { created, creating, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { Assessment, AssessmentIntake as AssessmentIntakeForm, IdParams } from './schema.ts'

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
          body: named(AssessmentIntakeForm),
          response: created(named(RecordedAssessment)),
        },
      },
      async (request, reply) => {
        const key = requestKeyOf(request, 201)
        return sendRecorded(
          reply,
          await recordAssessment(context, callerOf(request), key, request.body, null),
        )
      },
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
          body: named(AssessmentIntakeForm),
          response: created(named(RecordedAssessment)),
        },
      },
      async (request, reply) => {
        const key = requestKeyOf(request, 201)
        const { id } = request.params
        return sendRecorded(reply, await recordAssessment(context, callerOf(request), key, request.body, id))
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
        const found = await getAssessment(database, authorityId, request.params.id)
        if (isUnchanged(request, reply, tagOf(found))) return reply.code(304).send()
        return reply.type('application/json').send(assessmentText(found.body, found.correctedBy))
      },
    )
  }
}

function sendRecorded(reply: FastifyReply, { answer, replayed }: Written<Recorded>): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true')
  return reply
    .code(201)
    .header('location', `/v1/assessments/${answer.id}`)
    .type('application/json')
    .send(answer.text)
}

// A stored assessment never changes but in one thing: what corrects it.
function tagOf({ id, correctedBy }: ReadableAssessment): string {
  return correctedBy === null ? id : `${id}.${correctedBy}`
}
