// Publishes a draft, by somebody who drafted none of it. From then on the version never changes.
import type { VersionRef } from '../../contract/documents/version.ts'
import { type Fault, faultsIn, Refusal } from '../../contract/refusal.ts'
import type { StoredVersion } from '../../store/documents.ts'
import { today } from '../day-in-england.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import { contentOf } from './document-content.ts'
import {
  type DocumentStore,
  type MatchesRevision,
  matchingDraft,
  revisionEntry,
  type WrittenVersion,
  writtenVersion,
} from './document-revision.ts'
import type { DocumentRules } from './document-rules.ts'

/**
 * Refuses `not-found`, `already-published`, `revision-changed`, `publisher-is-drafter`, and `not-publishable` with every
 * fault. What is refused gets a second look: beside another's edit or publication, that is the reason.
 */
export function publishVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  matches: MatchesRevision,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'seen',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const before = await matchingDraft(trx, rules.kind, ref, matches)
        refuseDrafter(before, by)
        const content = contentOf<Content>(before.document)
        const { faults, flags, insert } = await rules.review(trx, content, today())
        refuseFaults(faults)
        const published = { ref, content, before, state: 'published', flags, faults } as const
        return revisionEntry(rules.kind, by, now, published, (inserting) =>
          insert(inserting, by.authorityId, ref),
        )
      }),
    onRace: { 'document_revision_*': 'again', 'table_term_*': 'again' },
    answer: writtenVersion,
  })
}

function refuseDrafter({ draftedBy }: StoredVersion, { subjectId }: Writer): void {
  if (!draftedBy.includes(subjectId)) return
  const detail =
    'You drafted this version, or a revision of it. Ask someone who did not draft it to publish it.'
  throw new Refusal('publisher-is-drafter', detail)
}

function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  throw new Refusal('not-publishable', faultsIn('The draft', faults), { faults })
}
