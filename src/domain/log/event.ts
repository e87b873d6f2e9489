// An event of the log: the canonical envelope that is hashed, and the receipt for whoever wrote it. Personal content
// stands only in the payload's body; the envelope commits to it through a random nonce, so it can be erased.
import type { Actor, EventKind, Receipt } from '../../contract/event.ts'
import { canonicalJson, leafHash, payloadHash, sha256Of } from './canonical.ts'

/** A body is a text, or its UTF-8 bytes where it is large. */
export type EventDraft<Body extends string | Uint8Array = string> = {
  readonly authorityId: string
  readonly eventId: string
  readonly kind: EventKind
  /** RFC 3339, UTC. */
  readonly at: string
  readonly actor: Actor
  /** What may stay for ever: ids, versions, amounts, outcomes. Nothing that says who a person is. */
  readonly facts: Readonly<Record<string, unknown>>
  /** The exact bytes kept beside the envelope, erasable. */
  readonly body: Body
  /** 32 random bytes. */
  readonly nonce: Buffer
}

export type SealedEvent<Body extends string | Uint8Array = string> = EventDraft<Body> & {
  readonly envelope: string
  readonly leafHash: Buffer
}

export function sealEvent<Body extends string | Uint8Array>(draft: EventDraft<Body>): SealedEvent<Body> {
  const { authorityId, eventId, kind, at, actor, facts, body, nonce } = draft
  const payload = payloadHash(nonce, body)
  const envelope = canonicalJson({
    ...facts,
    v: 1,
    authority: authorityId,
    eventId,
    kind,
    at,
    actor,
    payload,
  })
  return { ...draft, envelope, leafHash: leafHash(envelope) }
}

export function receiptOf(eventId: string, leaf: Buffer): Receipt {
  return { eventId, leafHash: leaf.toString('hex') }
}

/** What is compared to tell a retry from another request: salted, so that it says nothing of the body once erased. */
export function requestFingerprint(nonce: Buffer, method: string, route: string, body: unknown): Buffer {
  return sha256Of(nonce, `${method} ${route} ${canonicalJson(body)}`)
}
