// Reads assessments: by id, by their natural key, and what corrects them.
import type { Database } from './database.ts'

export type FoundAssessment = {
  readonly id: string
  readonly allocationId: string
  /** The record's text; null after erasure. */
  readonly body: string | null
  /** The assessment that corrects this one, if any does. */
  readonly correctedBy: string | null
}

type Which =
  | { readonly id: string }
  | { readonly assessmentRef: string; readonly revision: number | 'latest' }

export async function findAssessment(
  database: Database,
  authorityId: string,
  which: Which,
): Promise<FoundAssessment | null> {
  const row = await database.asAuthority(authorityId, (trx) => {
    const query = trx
      .selectFrom('openras.assessment as a')
      .innerJoin('openras.allocation as l', (join) =>
        // By their event, which is indexed, as well as by what they are to each other.
        join
          .onRef('l.authority_id', '=', 'a.authority_id')
          .onRef('l.event_id', '=', 'a.event_id')
          .onRef('l.assessment_id', '=', 'a.assessment_id'),
      )
      .leftJoin('openras.payload as p', (join) =>
        join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.event_id', '=', 'a.event_id'),
      )
      .leftJoin('openras.assessment as c', (join) =>
        join.onRef('c.authority_id', '=', 'a.authority_id').onRef('c.corrects', '=', 'a.assessment_id'),
      )
      .select(['a.assessment_id', 'l.allocation_id', 'p.body', 'c.assessment_id as corrected_by'])
    if ('id' in which) return query.where('a.assessment_id', '=', which.id).executeTakeFirst()
    const revisions = query.where('p.assessment_ref', '=', which.assessmentRef)
    return which.revision === 'latest'
      ? revisions.orderBy('p.assessment_revision', 'desc').limit(1).executeTakeFirst()
      : revisions.where('p.assessment_revision', '=', which.revision).executeTakeFirst()
  })
  if (row === undefined) return null
  return {
    id: row.assessment_id,
    allocationId: row.allocation_id,
    body: row.body,
    correctedBy: row.corrected_by,
  }
}
