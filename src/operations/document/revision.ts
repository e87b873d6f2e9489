// A revision of a version as every writer of one makes it: what the log keeps of it, what is answered, and the draft that
// the caller saw.
import type { VersionRef } from '../../contract/documents/version.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import type { Transaction } from '../../store/database.ts'
import {
  type DocumentKind,
  findVersion,
  type StoredVersion,
  type VersionFacts,
} from '../../store/documents.ts'
import type { StoredEvent } from '../write-once.ts'
import { versionText, type WithdrawalStep } from './version-view.ts'

/** A version's representation as text, which revision of which version it is, and how far it is withdrawn. */
export type WrittenVersion = {
  readonly text: string
  readonly ref: VersionRef
  readonly revision: number
  readonly withdrawal: WithdrawalStep | null
}

/** Whether the caller saw this revision, as If-Match says. */
export type MatchesRevision = (revision: number) => boolean

/** The answer to whoever drafted or published a version, made from its event and its text. */
export function writtenVersion(kind: 'drafted' | 'published') {
  return ({ eventId, at, actor, facts, content }: StoredEvent<VersionFacts>): WrittenVersion => {
    const { key, version, revision } = facts
    const event = { event: eventId, kind: `${facts.kind}-${kind}`, at, actor, facts } as const
    return { text: versionText(event, content ?? ''), ref: { key, version }, revision, withdrawal: null }
  }
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
