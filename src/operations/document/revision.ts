// A revision of a version as every writer of one makes it: what the log keeps of it, what is answered, and the draft that
// the caller saw.
import type { ReportHashes } from '../../contract/documents/publication.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { EventKind } from '../../contract/event.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import type { Transaction } from '../../store/database.ts'
import { type DocumentKind, findVersion, insertRevision, type StoredVersion } from '../../store/documents.ts'
import type { Entry, StoredEvent, Writer } from '../write-once.ts'
import { type Findings, versionView, type WithdrawalStep } from './version-view.ts'

/** A version's representation as text, which revision of which version it is, and how far it is withdrawn. */
export type WrittenVersion = {
  readonly text: string
  readonly ref: VersionRef
  readonly revision: number
  readonly withdrawal: WithdrawalStep | null
}

/** Whether the caller saw this revision, as If-Match says. */
export type MatchesRevision = (revision: number) => boolean

export type DocumentFacts = {
  readonly document: VersionRef & {
    readonly kind: DocumentKind
    readonly revision: number
    readonly contentHash: string
  }
  /** Of a publication: the codes of what was raised, and what the publisher had seen. */
  readonly warnings?: readonly string[]
  readonly acknowledges?: readonly string[]
  readonly reports?: ReportHashes | null
}

// `beside`: what is told beside the version, and what else is written with it.
export function revisionEntry(
  kind: DocumentKind,
  by: Writer,
  stored: StoredVersion,
  found: Findings,
  beside: { readonly told: object; insert(trx: Transaction): Promise<void> } = NOTHING,
): Entry<DocumentFacts> {
  const { key, version, revision, state, contentHash, warnings, publication } = stored
  const document = { kind, key, version, revision, contentHash }
  const raised = [...new Set(warnings.map(({ code }) => code))]
  return {
    kind: `${kind}-${state === 'draft' ? 'drafted' : 'published'}` satisfies EventKind,
    facts: { document, ...(publication && { warnings: raised, ...publication }) },
    body: JSON.stringify({ ...versionView(stored, found), ...beside.told }),
    rows: {
      async insert(trx) {
        await insertRevision(trx, kind, by, stored)
        await beside.insert(trx)
      },
    },
  }
}

const NOTHING = { told: {}, insert: async () => {} }

export function writtenVersion({ facts, body }: StoredEvent<DocumentFacts>): WrittenVersion {
  const { key, version, revision } = facts.document
  return { text: body, ref: { key, version }, revision, withdrawal: null }
}

/** The draft, as the caller saw it. Refuses `not-found`, `already-published` and `revision-changed`. */
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
