// One recorded assessment, for whoever reads it or corrects it.
import { notFound, Refusal } from '../../contract/refusal.ts'
import { type FoundAssessment, findAssessment } from '../../store/assessments.ts'
import type { Database } from '../../store/database.ts'

export type ReadableAssessment = FoundAssessment & { readonly body: string }

/** Refuses `not-found` and `erased-under-policy`. */
export async function getAssessment(
  database: Database,
  authorityId: string,
  id: string,
): Promise<ReadableAssessment> {
  const found = await findAssessment(database, authorityId, { id })
  if (found === null) throw notFound()
  const { body } = found
  if (body === null) {
    throw new Refusal(
      'erased-under-policy',
      'The content of this assessment was erased under the retention policy.',
    )
  }
  return { ...found, body }
}
