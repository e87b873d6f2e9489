// Drafts are written: made as the next version of a key, and replaced by whoever saw the latest revision. What publication
// would find in a draft is told with it, and does not stand in its way.
import type { VersionRef } from '../../contract/documents/version.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import type { Database } from '../../store/database.ts'
import { nextVersion, type StoredVersion } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { today } from '../day-in-england.ts'
import { type Now, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { DocumentRules } from './document-rules.ts'
import {
  type MatchesRevision,
  matchingDraft,
  revisionChanged,
  revisionEntry,
  type WrittenVersion,
  writtenVersion,
} from './revision.ts'

type DocumentStore = { readonly database: Database; readonly log: Log }

export function draftVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  key: string,
  sent: Content,
): Promise<Written<WrittenVersion>> {
  const content = rules.completed(sent)
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const ref = { key, version: await nextVersion(trx, rules.kind, key) }
        const found = await rules.review(trx, { ref, revision: 1, content }, today())
        return revisionEntry(rules.kind, by, draftAfter(null, ref, content, by, now), found)
      }),
    onRace: { document_revision_pkey: 'again' },
    answer: writtenVersion,
  })
}

/**
 * If-Match makes a second copy of the request fail, so that it needs no key. Refuses `not-found`, `already-published` and
 * `revision-changed`.
 */
export function replaceDraft<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  ref: VersionRef,
  sent: Content,
  matches: MatchesRevision,
): Promise<Written<WrittenVersion>> {
  const content = rules.completed(sent)
  return writeOnce(log, {
    by,
    request: null,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const before = await matchingDraft(trx, rules.kind, ref, matches)
        const draft = draftAfter(before, ref, content, by, now)
        const found = await rules.review(trx, { ref, revision: draft.revision, content }, today())
        return revisionEntry(rules.kind, by, draft, found)
      }),
    onRace: { document_revision_pkey: revisionChanged },
    answer: writtenVersion,
  })
}

function draftAfter(
  before: StoredVersion | null,
  ref: VersionRef,
  content: object,
  { subjectId }: Writer,
  { at, eventId }: Now,
): StoredVersion {
  const document = canonicalJson({ ...content, ...ref })
  return {
    ...ref,
    revision: (before?.revision ?? 0) + 1,
    state: 'draft',
    document,
    contentHash: contentHash(document),
    warnings: [],
    publication: null,
    draftedBy: [...new Set([...(before?.draftedBy ?? []), subjectId])],
    draftedAt: at,
    publishedBy: null,
    publishedAt: null,
    eventId,
    withdrawal: null,
  }
}
