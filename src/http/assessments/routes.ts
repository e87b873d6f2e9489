// Assessments come in and stay: each is recorded with the allocation computed from it, once, and is corrected only
// by another that points back at it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { assessmentText, type AssessmentIntake as Intake, type IntakeRecord } from '../../domain/record.ts'
import { type RecordRequest, recordAssessment } from '../../operations/record-assessment.ts'
import { type FoundAssessment, findAssessment } from '../../store/assessments.ts'
import { violatedConstraint } from '../../store/database.ts'
import { RecordedAssessment } from '../allocations/schema.ts'
import { callerOf } from '../caller.ts'
import { type Context, today } from '../context.ts'
import { isUnchanged } from '../etag.ts'
import { claimOf } from '../idempotency.ts'
import { named } from '../primitives.ts'
import { notFound, Problem } from '../problem.ts'
import { created, creating, okOrUnchanged } from '../responses.ts'
import { refuseNhsNumber } from './person-ref.ts'
import { Assessment, AssessmentIntake, IdParams } from './schema.ts'

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
      (request, reply) => record(context, request, reply, request.body, null),
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
        const corrected = await existing(context, request, request.params.id)
        if (personOf(corrected) !== request.body.personRef) {
          throw new Problem(
            'correction-person-differs',
            'The personRef is not that of the assessment to be corrected. A correction is about the same person.',
          )
        }
        return record(context, request, reply, request.body, corrected)
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
        const found = await findAssessment(database, callerOf(request).authorityId, request.params)
        const body = bodyOf(found)
        if (isUnchanged(request, reply, request.params.id)) return reply.code(304).send()
        return reply.type('application/json').send(assessmentText(body))
      },
    )
  }
}

async function record(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  intake: Intake,
  corrected: FoundAssessment | null,
): Promise<FastifyReply> {
  const { authorityId, subjectId } = callerOf(request)
  const { clientId, key, with: claim, recognise } = claimOf(request, 201)
  refuseNhsNumber(intake.personRef)
  refuseFuture(intake.assessedOn)
  const corrects = corrected && { assessmentId: corrected.id, allocationId: corrected.allocationId }
  const toRecord: RecordRequest = {
    authorityId,
    subjectId,
    intake,
    corrects,
    clientId,
    idempotencyKey: key,
    claim,
    recognise,
  }
  const recorded = await recordAssessment(context, toRecord).catch((error: unknown) =>
    conflict(context, toRecord, error),
  )
  if (recorded.replayed) reply.header('idempotency-replayed', 'true')
  return reply
    .code(201)
    .header('location', `/v1/assessments/${recorded.assessmentId}`)
    .type('application/json')
    .send(recorded.text)
}

function refuseFuture(assessedOn: string): void {
  if (assessedOn <= today()) return
  throw new DomainError(
    'assessed-in-the-future',
    `assessedOn is ${assessedOn}, and today is ${today()}. Check the date; use an estimate to look ahead.`,
  )
}

// The keys say what stands in the way: the same assessment under another Idempotency-Key, or another correction.
async function conflict(
  { database }: Context,
  { authorityId, intake, corrects }: RecordRequest,
  error: unknown,
): Promise<never> {
  const constraint = violatedConstraint(error)
  if (constraint === 'payload_assessment_once') {
    const known = await findAssessment(database, authorityId, intake)
    const headers = known === null ? {} : { location: `/v1/assessments/${known.id}` }
    throw new Problem(
      'assessment-already-recorded',
      `Revision ${intake.revision} of this assessmentRef is recorded already, under another Idempotency-Key.`,
      { headers },
    )
  }
  if (constraint === 'assessment_corrected_once' && corrects !== null) {
    let latest = await findAssessment(database, authorityId, { id: corrects.assessmentId })
    while (latest?.correctedBy)
      latest = await findAssessment(database, authorityId, { id: latest.correctedBy })
    const headers = latest === null ? {} : { location: `/v1/assessments/${latest.id}` }
    throw new Problem(
      'already-corrected',
      'This assessment is corrected already. Correct the latest one, at the address in Location.',
      { headers },
    )
  }
  throw error
}

async function existing(
  { database }: Context,
  request: FastifyRequest,
  id: string,
): Promise<FoundAssessment> {
  const found = await findAssessment(database, callerOf(request).authorityId, { id })
  bodyOf(found)
  if (found === null) throw notFound()
  return found
}

function personOf({ body }: FoundAssessment): string {
  return (JSON.parse(body ?? '{}') as IntakeRecord).assessment.personRef
}

function bodyOf(found: FoundAssessment | null): string {
  if (found === null) throw notFound()
  if (found.body === null)
    throw new Problem(
      'erased-under-policy',
      'The content of this assessment was erased under the retention policy.',
    )
  return found.body
}
