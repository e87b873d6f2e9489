// An estimate: the same sum as an allocation, over the same fields, with nothing stored and nobody named.
import { Type } from '@sinclair/typebox'
import { resultFields } from '../allocations/schema.ts'
import { EstimatedEligibility, scoredFields } from '../assessments/schema.ts'

export const EstimateIntake = Type.Object(
  { ...scoredFields, eligibility: EstimatedEligibility },
  { $id: 'EstimateIntake', additionalProperties: false },
)

export const Estimate = Type.Object(
  { currency: Type.Unsafe<'GBP'>({ type: 'string', enum: ['GBP'] }), ...resultFields },
  { $id: 'Estimate', additionalProperties: false },
)
