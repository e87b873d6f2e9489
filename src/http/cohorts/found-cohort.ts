// Finds the cohort of an address, for whoever calls.
import type { FastifyRequest } from 'fastify'
import { findCohort, type StoredCohort } from '../../store/cohorts.ts'
import { callerOf } from '../caller.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'

/** Refuses `not-found`. */
export async function existingCohort({ database }: Context, request: FastifyRequest): Promise<StoredCohort> {
  const { id } = request.params as { id: string }
  const found = await database.asAuthority(callerOf(request).authorityId, (trx) => findCohort(trx, id))
  if (found === null) throw notFound()
  return found
}
