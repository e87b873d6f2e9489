// A draft is published by somebody who drafted none of it and has seen what it warns of; from then on it never changes.
import type { Seen } from '../../contract/documents/publication.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { type Fault, faultsIn, Refusal } from '../../contract/refusal.ts'
import type { Database } from '../../store/database.ts'
import type { StoredVersion, VersionFacts } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { today } from '../day-in-england.ts'
import { type Entry, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { DocumentRules } from './document-rules.ts'
import { type MatchesRevision, matchingDraft, type WrittenVersion, writtenVersion } from './revision.ts'
import { refuseOtherReports, refuseUnacknowledged } from './seen.ts'
import { contentOf } from './version-view.ts'

type DocumentStore = { readonly database: Database; readonly log: Log }

/**
 * `seen` is what the publisher says they have seen. Refuses `not-found`, `already-published`, `revision-changed`,
 * `publisher-is-drafter`, `not-publishable` with every fault, `report-changed`, and `warning-not-acknowledged` with every
 * warning. What is refused gets a second look: beside another's edit or publication, that is the reason.
 */
export function publishVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  matches: MatchesRevision,
  seen: Seen | null,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'seen',
    decide: () =>
      database.asAuthority(by.authorityId, async (trx): Promise<Entry<VersionFacts>> => {
        const draft = await matchingDraft(trx, rules.kind, ref, matches)
        refuseDrafter(draft, by)
        const { revision } = draft
        const content = contentOf<Content>(draft.document)
        const { faults, warnings, reports, affected } = await rules.review(
          trx,
          { ref, revision, content },
          today(),
        )
        refuseFaults(faults)
        refuseOtherReports(reports, seen)
        refuseUnacknowledged(warnings, seen)
        const { key, version, contentHash, draftedBy, draftedAt } = draft
        return {
          kind: `${rules.kind}-published`,
          facts: {
            kind: rules.kind,
            key,
            version,
            revision: revision + 1,
            contentHash,
            draftedBy,
            draftedAt,
            warnings,
            ...seen,
            ...(affected && { affected }),
          },
          content: draft.document,
        }
      }),
    onRace: { document_pkey: 'again', 'term_*': 'again', OR004: 'again', OR005: 'again' },
    answer: writtenVersion('published'),
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
