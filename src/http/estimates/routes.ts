// Estimates: the same sum as an allocation, for any date that has a table, with nothing stored.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Estimate } from '../../contract/allocation/allocation.ts'
import { EstimateIntake } from '../../contract/allocation/assessment.ts'
import { named } from '../../contract/primitives.ts'
import { priceAssessment } from '../../operations/assessment/price-assessment.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'

export function estimateRoutes({ published, allow }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/',
      {
        onRequest: allow('allocations:read'),
        schema: {
          tags: ['estimates'],
          summary: 'Compute what an assessment would be allocated, and store nothing',
          operationId: 'estimate',
          body: named(EstimateIntake),
          response: ok(named(Estimate)),
        },
      },
      async (request) => {
        const result = await priceAssessment(published, callerOf(request).authorityId, request.body, 'fresh')
        return { currency: 'GBP' as const, ...result }
      },
    )
  }
}
