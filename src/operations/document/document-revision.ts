// One revision of a version: what is written of it, and what its writer is answered.

import type { VersionRef } from '../../contract/documents/version.ts'
import type { EventKind } from '../../contract/event.ts'
import type { Fault } from '../../contract/refusal.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { type DocumentKind, findVersion, insertRevision, type StoredVersion } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import type { Entry, Now, StoredEvent, Writer } from '../write-once.ts'
import { versionView } from './version-view.ts'

/** Where documents are read and written. */
export type DocumentStore = { readonly database: Database; readonly log: Log }

/** A version's representation as text, and which revision of which version it is. */
export type WrittenVersion = { readonly text: string; readonly ref: VersionRef; readonly revision: number }

/** What is to be written of a version, and the revision that it follows. */
export type Revision = {
  readonly ref: VersionRef
  readonly content: object
  readonly before: StoredVersion | null
  readonly state: 'draft' | 'published'
  readonly flags: readonly string[]
  /** What publication would refuse of a draft. */
  readonly faults: readonly Fault[]
}

type DocumentFacts = {
  readonly document: VersionRef & {
    readonly kind: DocumentKind
    readonly revision: number
    readonly contentHash: string
    readonly flags: readonly string[]
  }
}

/** The entry of a revision; `insertBeside` adds what else is written with it. */
export function revisionEntry(
  kind: DocumentKind,
  { authorityId, clientId, subjectId }: Writer,
  { eventId, at }: Now,
  revision: Revision,
  insertBeside: (trx: Transaction) => Promise<void> = async () => {},
): Entry<DocumentFacts> {
  const { ref, state, flags, faults } = revision
  const stored = storedAfter(revision, subjectId, at)
  const { revision: number, document, contentHash: hash } = stored
  return {
    kind: `${kind}-${state === 'draft' ? 'drafted' : 'published'}` satisfies EventKind,
    facts: { document: { kind, ...ref, revision: number, contentHash: hash, flags } },
    body: JSON.stringify(versionView(stored, faults)),
    rows: {
      async insert(trx) {
        await insertRevision(trx, {
          authorityId,
          kind,
          ...ref,
          revision: number,
          state,
          document,
          contentHash: hash,
          flags,
          clientId,
          subjectId,
          eventId,
          at,
        })
        await insertBeside(trx)
      },
    },
  }
}

export function writtenVersion({ facts, body }: StoredEvent<DocumentFacts>): WrittenVersion {
  const { key, version, revision } = facts.document
  return { text: body, ref: { key, version }, revision }
}

/** Whether the caller saw this revision, as If-Match says. */
export type MatchesRevision = (revision: number) => boolean

/** The draft that the caller saw. Refuses `not-found`, `already-published` and `revision-changed`. */
export async function matchingDraft(
  trx: Transaction,
  kind: DocumentKind,
  ref: VersionRef,
  matches: MatchesRevision,
): Promise<StoredVersion> {
  const draft = await findVersion(trx, kind, ref)
  if (draft === null) throw notFound()
  if (draft.state === 'published')
    throw new Refusal(
      'already-published',
      'This version is published and never changes. Draft a new version.',
    )
  if (!matches(draft.revision)) throw revisionChanged()
  return draft
}

export function revisionChanged(): Refusal {
  return new Refusal(
    'revision-changed',
    'The draft has changed since the revision in If-Match. Fetch it again, check what changed, then resend.',
  )
}

function storedAfter(
  { ref, content, before, state, flags }: Revision,
  subjectId: string,
  at: string,
): StoredVersion {
  const document = canonicalJson({ ...content, ...ref })
  const isDraft = state === 'draft'
  return {
    ...ref,
    revision: (before?.revision ?? 0) + 1,
    state,
    document,
    contentHash: contentHash(document),
    flags,
    draftedBy: isDraft ? [...new Set([...(before?.draftedBy ?? []), subjectId])] : (before?.draftedBy ?? []),
    draftedAt: isDraft ? at : (before?.draftedAt ?? at),
    publishedBy: isDraft ? null : subjectId,
    publishedAt: isDraft ? null : at,
  }
}
