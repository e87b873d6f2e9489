// Estimates: the same sum as an allocation, for any date that has a table, with nothing stored.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Estimate } from '../../contract/allocation/allocation.ts'
import { EstimateIntake } from '../../contract/allocation/assessment.ts'
import { PRICING_REFUSALS, priceAssessment } from '../../operations/assessment/price-assessment.ts'
import { nameOptions } from '../assessments/named-options.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'

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
