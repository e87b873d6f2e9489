// Writes one revision of a version: its row and the event that seals it, in the caller's transaction.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import { type EventKind, sealEvent } from '../../domain/log/event.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import type { Transaction } from '../../store/database.ts'
import { type DocumentKind, insertRevision, type StoredVersion } from '../../store/documents.ts'
import { appendEvent, type Claim } from '../../store/events.ts'
import type { Caller } from '../core/credentials/caller.ts'
import type { RequestClaim } from '../core/requests/idempotency.ts'
import { etagOf, representation } from './representation.ts'

/** A version's representation as text, its ETag, and whether this answers a retry. */
export type Written = {
  readonly text: string
  readonly etag: string
  readonly ref: VersionRef
  readonly replayed: boolean
}

/** What is to be written of a version, and the revision that it follows. */
export type Step = {
  readonly ref: VersionRef
  readonly content: object
  readonly before: StoredVersion | null
  readonly state: 'draft' | 'published'
  readonly flags: readonly string[]
}

/** Writes a revision with its event, unless the claim is a retry, which gets its first answer. */
export async function writeRevision(
  trx: Transaction,
  kind: DocumentKind,
  caller: Caller,
  claim: RequestClaim | null,
  step: Step,
): Promise<Written> {
  const { authorityId, clientId, subjectId } = caller
  const at = new Date().toISOString()
  const stored = storedAfter(step, caller, at)
  const text = JSON.stringify(representation(stored))
  const { ref } = step
  const event = sealEvent({
    authorityId,
    eventId: uuidv7(),
    kind: `${kind}-${step.state === 'draft' ? 'drafted' : 'published'}` satisfies EventKind,
    at,
    actor: { client: clientId, subject: subjectId },
    facts: {
      document: {
        kind,
        ...ref,
        revision: stored.revision,
        contentHash: stored.contentHash,
        flags: stored.flags,
      },
    },
    body: text,
    nonce: randomBytes(32),
  })
  const known = await appendEvent(trx, claim?.with(event.nonce) ?? unclaimed(clientId, event.nonce), event)
  if (known !== null && claim !== null) return replayed(claim.recognise(known).body)
  const { eventId } = event
  const { revision, state, document, contentHash: hash, flags } = stored
  await insertRevision(trx, {
    authorityId,
    kind,
    ...ref,
    revision,
    state,
    document,
    contentHash: hash,
    flags,
    clientId,
    subjectId,
    eventId,
    at,
  })
  return { text, etag: etagOf(stored), ref, replayed: false }
}

// A replacement needs no key of its own: If-Match makes a second copy of it fail.
function unclaimed(clientId: string, nonce: Buffer): Claim {
  return { clientId, idempotencyKey: null, fingerprint: nonce, status: 200 }
}

function storedAfter(
  { ref, content, before, state, flags }: Step,
  { subjectId }: Caller,
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

/** What was written by the request that this one repeats. */
export function replayed(text: string): Written {
  const { key, version, lifecycle } = JSON.parse(text) as VersionRef & { lifecycle: { revision: number } }
  return { text, etag: etagOf(lifecycle), ref: { key, version }, replayed: true }
}
