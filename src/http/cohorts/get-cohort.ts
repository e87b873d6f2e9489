// Finds the cohort of an address, for whoever calls.
import type { FastifyRequest } from 'fastify'
import { notFound } from '../../contract/refusal.ts'
import { findCohort, type StoredCohort } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import type { Context } from '../core/requests/context.ts'

/** Refuses `not-found`. */
export async function getCohort({ database }: Context, request: FastifyRequest): Promise<StoredCohort> {
  const { id } = request.params as { id: string }
  const found = await database.asAuthority(callerOf(request).authorityId, (trx) => findCohort(trx, id))
  if (found === null) throw notFound()
  return found
}
