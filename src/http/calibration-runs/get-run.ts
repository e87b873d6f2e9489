// Finds a run for a request, and its results when it has any.
import type { FastifyRequest } from 'fastify'
import type { RefusalCode } from '../../contract/problems.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { findRun, readResults, type StoredResults, type StoredRun } from '../../store/calibration-runs.ts'
import { asCaller, type Context } from '../core/requests/context.ts'

/** What `finishedRun` and `resultsOf` refuse, in that order. */
export const RESULTS_REFUSALS = [
  'not-found',
  'calibration-run-not-done',
  'erased-under-policy',
] as const satisfies readonly RefusalCode[]

export type FinishedRun = StoredRun & { readonly endedBy: string }

/** The run of the address. Refuses `not-found`. */
export async function getRun(context: Context, request: FastifyRequest): Promise<StoredRun> {
  const { id } = request.params as { id: string }
  const run = await asCaller(context, request, (trx) => findRun(trx, id))
  if (run === null) throw notFound()
  return run
}

/** A run that has results. Refuses `calibration-run-not-done`. */
export async function finishedRun(context: Context, request: FastifyRequest): Promise<FinishedRun> {
  const run = await getRun(context, request)
  const { state, endedBy } = run
  if (state !== 'done' || endedBy === null)
    throw new Refusal('calibration-run-not-done', `The run is ${state}. Poll it until it is done.`)
  return { ...run, endedBy }
}

/** The results as the text that was stored. Refuses `erased-under-policy`. */
export async function resultsOf(
  context: Context,
  request: FastifyRequest,
  { endedBy }: StoredRun,
): Promise<StoredResults> {
  const found = await asCaller(context, request, (trx) => readResults(trx, endedBy ?? ''))
  if (found === null) throw erased()
  return found
}

export function erased(): Refusal {
  return new Refusal(
    'erased-under-policy',
    'What this run found was erased under the retention policy, with its rows.',
  )
}
