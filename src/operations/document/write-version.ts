// Drafts are written: made as the next version of a key, and replaced by whoever saw the latest revision. What publication
// would find in a draft is told with it, and does not stand in its way.
import type { VersionRef } from '../../contract/documents/version.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import type { Database } from '../../store/database.ts'
import { nextVersion, type StoredVersion, type VersionFacts } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { today } from '../day-in-england.ts'
import { type Entry, type Now, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { DocumentRules, Review } from './document-rules.ts'
import {
  type MatchesRevision,
  matchingDraft,
  revisionChanged,
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
        return draftEntry(rules.kind, null, ref, content, by, now, found)
      }),
    onRace: { document_pkey: 'again', OR004: 'again' },
    answer: writtenVersion('drafted'),
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
        const found = await rules.review(trx, { ref, revision: before.revision + 1, content }, today())
        return draftEntry(rules.kind, before, ref, content, by, now, found)
      }),
    onRace: { document_pkey: revisionChanged, OR004: revisionChanged },
    answer: writtenVersion('drafted'),
  })
}

function draftEntry(
  kind: DocumentRules<never>['kind'],
  before: StoredVersion | null,
  ref: VersionRef,
  content: object,
  { subjectId }: Writer,
  { at }: Now,
  { faults, warnings }: Review,
): Entry<VersionFacts> {
  const document = canonicalJson({ ...content, ...ref })
  return {
    kind: `${kind}-drafted`,
    facts: {
      kind,
      ...ref,
      revision: (before?.revision ?? 0) + 1,
      contentHash: contentHash(document),
      draftedBy: [...new Set([...(before?.draftedBy ?? []), subjectId])],
      draftedAt: at,
      faults,
      warnings,
    },
    content: document,
  }
}
