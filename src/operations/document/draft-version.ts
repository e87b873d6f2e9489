// Drafts a new version of a questionnaire or calibration table. Whatever publication would refuse is told with it, and
// does not stand in its way.
import { nextVersion } from '../../store/documents.ts'
import { today } from '../day-in-england.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import {
  type DocumentStore,
  revisionEntry,
  type WrittenVersion,
  writtenVersion,
} from './document-revision.ts'
import type { DocumentRules } from './document-rules.ts'

export function draftVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  key: string,
  content: Content,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const version = await nextVersion(trx, rules.kind, key)
        const { faults } = await rules.review(trx, content, today())
        return revisionEntry(rules.kind, by, now, {
          ref: { key, version },
          content,
          before: null,
          state: 'draft',
          flags: [],
          faults,
        })
      }),
    onRace: { document_revision_pkey: 'again' },
    answer: writtenVersion,
  })
}
