// What publication would refuse of a draft if it were asked today.
import type { Fault } from '../../contract/refusal.ts'
import type { Database } from '../../store/database.ts'
import type { StoredVersion } from '../../store/documents.ts'
import { today } from '../day-in-england.ts'
import { contentOf } from './document-content.ts'
import type { DocumentRules } from './document-rules.ts'

/** None of a published version. */
export async function draftFaults<Content>(
  database: Database,
  rules: DocumentRules<Content>,
  authorityId: string,
  { state, document }: StoredVersion,
): Promise<readonly Fault[]> {
  if (state === 'published') return []
  const content = contentOf<Content>(document)
  const { faults } = await database.asAuthority(authorityId, (trx) => rules.review(trx, content, today()))
  return faults
}
