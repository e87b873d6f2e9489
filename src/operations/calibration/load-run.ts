// Loads all that a run is computed from: its cohort's rows, and the questionnaire its points stand on.
import type { Questionnaire } from '../../domain/questionnaire.ts'
import type { StoredRun } from '../../store/calibration-runs.ts'
import { findCohort, partBodies } from '../../store/cohorts.ts'
import type { Database } from '../../store/database.ts'
import { findPublished } from '../../store/documents.ts'
import type { RunInput } from './computation.ts'
import { ErasedCohort } from './erased-cohort.ts'
import { contentOf } from './load-table.ts'
import type { CompleteRequest } from './run-request.ts'

export function loadRun(
  database: Database,
  authorityId: string,
  { cohortId, request: text, engineVersion }: StoredRun,
): Promise<RunInput> {
  const request = JSON.parse(text) as CompleteRequest
  return database.asAuthority(authorityId, async (trx) => {
    const cohort = await findCohort(trx, cohortId)
    if (cohort === null || cohort.hash === null) throw new Error('a run stands on a sealed cohort')
    const ref = request.questionnaire ?? cohort.questionnaire
    const found = await findPublished(trx, 'questionnaire', ref)
    if (found === null) throw new Error('a run names a published questionnaire')
    const bodies = await partBodies(trx, cohortId)
    return {
      request,
      cohortHash: cohort.hash,
      syntheticNote: cohort.syntheticNote,
      engineVersion,
      questionnaire: {
        ...ref,
        content: contentOf<Questionnaire>(found.document),
        restates: ref.key !== cohort.questionnaire.key || ref.version !== cohort.questionnaire.version,
      },
      bodies: whole(bodies),
    }
  })
}

/** All parts of a cohort. Refuses one of which a part was erased. */
export function whole(bodies: readonly (string | null)[]): readonly string[] {
  return bodies.map((body) => {
    if (body === null) throw new ErasedCohort()
    return body
  })
}
