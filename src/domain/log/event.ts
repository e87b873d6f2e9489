// An event of the log: the canonical envelope that is hashed, and the receipt for whoever wrote it. Personal content
// stands only in the parts of the payload; the envelope commits to each by a salted hash, so it can be erased.
import type { Actor, EventKind, Receipt } from '../../contract/event.ts'
import { canonicalJson, commitment, leafHash, saltOf, sha256Of } from './canonical.ts'

/** Which event this one answers, and as what: each place is taken once. */
export type Answered = { readonly event: string; readonly place: string }

/** `refs` says who it is about, as a JSON object; `body` what is said. A body is its UTF-8 bytes where it is large. */
export type Parts = { readonly body?: string | Uint8Array; readonly refs?: string }

export type EventDraft<F extends object = object> = {
  readonly authorityId: string
  readonly eventId: string
  readonly kind: EventKind
  /** RFC 3339, UTC. */
  readonly at: string
  readonly actor: Actor
  readonly about: Answered | null
  /** What may stay for ever: ids, versions, amounts, outcomes. Nothing that says who a person is. */
  readonly facts: F
  /** The exact bytes kept beside the envelope, erasable. */
  readonly parts: Parts
  /** 32 random bytes. */
  readonly nonce: Buffer
}

export type SealedEvent<F extends object = object> = EventDraft<F> & {
  readonly envelope: string
  readonly leafHash: Buffer
}

/** What an envelope says. */
export type Envelope<F extends object = object> = {
  readonly v: 2
  readonly authority: string
  readonly event: string
  readonly kind: EventKind
  readonly at: string
  readonly actor: Actor
  readonly about: string | null
  readonly place: string | null
  readonly facts: F
  /** The commitment to each part, in hexadecimal digits. */
  readonly payload: { readonly [part in keyof Parts]?: string }
}

export function sealEvent<F extends object>(draft: EventDraft<F>): SealedEvent<F> {
  const { authorityId, eventId, kind, at, actor, about, facts, parts, nonce } = draft
  const { body, refs } = parts
  const envelope = canonicalJson({
    v: 2,
    authority: authorityId,
    event: eventId,
    kind,
    at,
    actor,
    about: about?.event ?? null,
    place: about?.place ?? null,
    facts,
    payload: {
      ...(body !== undefined && { body: commitment(saltOf(nonce, 'body'), body) }),
      ...(refs !== undefined && { refs: commitment(saltOf(nonce, 'refs'), refs) }),
    },
  } satisfies Envelope<F>)
  return { ...draft, envelope, leafHash: leafHash(envelope) }
}

export function openEnvelope<F extends object>(text: string): Envelope<F> {
  return JSON.parse(text) as Envelope<F>
}

export function receiptOf(eventId: string, leaf: Buffer): Receipt {
  return { eventId, leafHash: leaf.toString('hex') }
}

/** What is compared to tell a retry from another request: salted, so that it says nothing of the body once erased. */
export function requestFingerprint(nonce: Buffer, method: string, route: string, body: unknown): Buffer {
  return sha256Of(nonce, `${method} ${route} ${canonicalJson(body)}`)
}
