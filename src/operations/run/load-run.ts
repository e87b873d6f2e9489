// Loads all that a run is computed from: its cohort's rows, and the questionnaire its points stand on.
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import { Refusal } from '../../contract/refusal.ts'
import type { StoredRun } from '../../store/calibration-runs.ts'
import { findCohort, partBody, type StoredCohort } from '../../store/cohorts.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { findPublished } from '../../store/documents.ts'
import { contentOf } from '../document/version-view.ts'
import type { RunInput } from './computation.ts'
import { decodeRequest } from './stored-run.ts'

export function loadRun(
  database: Database,
  authorityId: string,
  { cohortId, request: text, engineVersion }: StoredRun,
): Promise<RunInput> {
  const request = decodeRequest(text)
  return database.asAuthority(authorityId, async (trx) => {
    const cohort = await findCohort(trx, cohortId)
    if (cohort === null || cohort.hash === null) throw new Error('a run stands on a sealed cohort')
    const ref = request.questionnaire ?? cohort.questionnaire
    const found = await findPublished(trx, 'questionnaire', ref)
    if (found === null) throw new Error('a run names a published questionnaire')
    return {
      request,
      cohortHash: cohort.hash,
      syntheticNote: cohort.syntheticNote,
      characteristics: cohort.characteristics,
      collected: { collectedFrom: cohort.collectedFrom, collectedBefore: cohort.collectedBefore },
      engineVersion,
      questionnaire: {
        ...ref,
        content: contentOf<Questionnaire>(found.document),
        restates: ref.key !== cohort.questionnaire.key || ref.version !== cohort.questionnaire.version,
      },
      parts: await cohortParts(trx, cohort),
    }
  })
}

/**
 * All parts of a cohort, read one after the other and kept as bytes, which a thread can be given without a copy.
 * Refuses a cohort of which a part was erased.
 */
export async function cohortParts(
  trx: Transaction,
  { id, parts }: Pick<StoredCohort, 'id' | 'parts'>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const bytes: Uint8Array<ArrayBuffer>[] = []
  for (const { part } of parts) bytes.push(new TextEncoder().encode(unerased(await partBody(trx, id, part))))
  return bytes
}

/** What is kept of a cohort. Refuses `erased-under-policy`. */
export function unerased(body: string | null): string {
  if (body === null)
    throw new Refusal(
      'erased-under-policy',
      'The rows of the cohort were erased under the retention policy. Upload a new cohort.',
    )
  return body
}
