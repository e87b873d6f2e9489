// Replaces a draft by whoever saw its latest revision. If-Match makes a second copy of the request fail, so that it
// needs no key.
import type { VersionRef } from '../../contract/documents/version.ts'
import { today } from '../day-in-england.ts'
import { type Writer, type Written, writeOnce } from '../write-once.ts'
import {
  type DocumentStore,
  type MatchesRevision,
  matchingDraft,
  revisionChanged,
  revisionEntry,
  type WrittenVersion,
  writtenVersion,
} from './document-revision.ts'
import type { DocumentRules } from './document-rules.ts'

/** Refuses `not-found`, `already-published` and `revision-changed`. */
export function replaceDraft<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  ref: VersionRef,
  content: Content,
  matches: MatchesRevision,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request: null,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const before = await matchingDraft(trx, rules.kind, ref, matches)
        const { faults } = await rules.review(trx, content, today())
        return revisionEntry(rules.kind, by, now, { ref, content, before, state: 'draft', flags: [], faults })
      }),
    onRace: { document_revision_pkey: revisionChanged },
    answer: writtenVersion,
  })
}
