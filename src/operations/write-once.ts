// Every write is this one story, told once: make the event's id and instant; decide; seal; append; answer from what is
// stored. A retry of a request gets its first answer, whatever has changed since, and whoever loses a race to another
// writer decides again on what is there now, or is refused.

import { randomBytes } from 'node:crypto'
import type { Actor, EventKind } from '../contract/event.ts'
import { Refusal } from '../contract/refusal.ts'
import { leafHash } from '../domain/log/canonical.ts'
import {
  type Answered,
  openEnvelope,
  type Parts,
  requestFingerprint,
  sealEvent,
} from '../domain/log/event.ts'
import { type Claim, type Log, obstacle, type StoredRequest } from '../store/log.ts'
import { newId } from './new-id.ts'

export type Write<A, F extends Facts> = {
  readonly by: Writer
  /** Null where something else is the lock: If-Match, or the lease of a run. */
  readonly request: RequestKey | null
  /** What the first decision may rest on: what was seen some time ago, or the database asked afresh. */
  readonly first: Freshness
  /** Reads, then decides by pure rules what is to be written; or refuses. */
  readonly decide: (now: Now) => Promise<Entry<F>>
  /** By constraint (`x_*`: every one that begins so) or SQLSTATE, what a lost race means: do it again, or refuse. */
  readonly onRace: Readonly<Record<string, 'again' | (() => Refusal | Promise<Refusal>)>>
  /** How often a race may be lost before the write is given up; five where nothing is said. */
  readonly attempts?: number
  /** Made from what is stored alone, so that a retry gets the same bytes. */
  readonly answer: (stored: StoredEvent<F>) => A
}

/** Who writes: `clientId` is the integrating system, `subjectId` the person or system that acts. */
export type Writer = { readonly authorityId: string; readonly clientId: string; readonly subjectId: string }

/** The Idempotency-Key of a request, and what its retry must repeat. */
export type RequestKey = {
  readonly key: string
  readonly method: string
  readonly path: string
  readonly content: unknown
}

export type Freshness = 'seen' | 'fresh'

export type Now = { readonly eventId: string; readonly at: string; readonly seen: Freshness }

/** What was decided: the event's kind, what it answers, what may stay of it for ever, and what can be erased. */
export type Entry<F extends Facts> = {
  readonly kind: EventKind
  readonly about?: Answered
  readonly facts: F
  readonly parts?: Parts
  /** The text of the version that it is about: of a draft it is stored, of any other it is there already. */
  readonly content?: string
}

/** An event as it stands in the log. A text is null where its kind has none. */
export type StoredEvent<F extends Facts> = {
  readonly eventId: string
  readonly leafHash: Buffer
  readonly at: string
  readonly actor: Actor
  readonly about: Answered | null
  readonly facts: F
  readonly refs: string | null
  readonly body: string | null
  readonly content: string | null
}

export type Written<A> = { readonly answer: A; readonly replayed: boolean }

type Facts = object

const ATTEMPTS = 5

/** Refuses what `decide` and `onRace` refuse, `idempotency-key-reused`, `erased-under-policy`, and `busy` in the end. */
export async function writeOnce<A, F extends Facts>(log: Log, write: Write<A, F>): Promise<Written<A>> {
  for (let attempt = 1; attempt <= (write.attempts ?? ATTEMPTS); attempt += 1) {
    try {
      return await decideAndAppend(log, write, attempt === 1 ? write.first : 'fresh')
    } catch (error) {
      await refuseUnlessAgain(write.onRace, error)
    }
  }
  throw new Refusal('busy', 'Others are changing this at the same time. Resend with the same key.', {
    headers: { 'retry-after': '1' },
  })
}

async function decideAndAppend<A, F extends Facts>(
  log: Log,
  write: Write<A, F>,
  seen: Freshness,
): Promise<Written<A>> {
  const { by, request } = write
  const now: Now = { eventId: newId(), at: new Date().toISOString(), seen }
  const decision = await decideOrFind(log, write, now)
  if ('known' in decision) return recalled(write, decision.known)
  const { kind, about = null, facts, parts = {}, content = null } = decision.entry
  const event = sealEvent({
    authorityId: by.authorityId,
    eventId: now.eventId,
    kind,
    at: now.at,
    actor: { client: by.clientId, subject: by.subjectId },
    about,
    facts,
    parts,
    nonce: randomBytes(32),
  })
  const known = await log.append({ event, content, claim: request && claimOf(request, event.nonce) })
  if (known !== null) return recalled(write, known)
  const { refs = null, body = null } = parts
  // Read back from what was sealed, as a retry reads them: the same members in the same order.
  const kept = openEnvelope<F>(event.envelope).facts
  const stored = { ...event, facts: kept, refs, body: typeof body === 'string' ? body : null, content }
  return { answer: write.answer(stored), replayed: false }
}

type Decision<F extends Facts> = { readonly entry: Entry<F> } | { readonly known: StoredRequest }

// What is refused may be the retry of what was accepted, before something changed; and it may rest on what was seen
// some time ago. Both are looked up before anybody is refused.
async function decideOrFind<A, F extends Facts>(
  log: Log,
  { by, request, decide }: Write<A, F>,
  now: Now,
): Promise<Decision<F>> {
  try {
    return { entry: await decide(now) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const known = request && (await log.find(by.authorityId, by.clientId, request.key))
    if (known !== null) return { known }
    if (now.seen === 'fresh') throw error
    return { entry: await decide({ ...now, seen: 'fresh' }) }
  }
}

function claimOf(request: RequestKey, nonce: Buffer): Claim {
  return { key: request.key, fingerprint: fingerprint(request, nonce) }
}

function fingerprint({ method, path, content }: RequestKey, nonce: Buffer): Buffer {
  return requestFingerprint(nonce, method, path, content)
}

function recalled<A, F extends Facts>({ request, answer }: Write<A, F>, stored: StoredRequest): Written<A> {
  if (request === null) throw new Error('only a request with a key has a retry')
  return { answer: answer(recall<F>(request, stored)), replayed: true }
}

// Told before whatever else is wrong: the key belongs to something else, or its answer cannot be given again.
function recall<F extends Facts>(
  request: RequestKey,
  { fingerprint: first, eventId, envelope, nonce, refs, body, content }: StoredRequest,
): StoredEvent<F> {
  if (first === null || nonce === null)
    throw new Refusal(
      'erased-under-policy',
      'What this request created was erased under the retention policy and cannot be recovered.',
    )
  if (!first.equals(fingerprint(request, nonce)))
    throw new Refusal(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request. Use a new key for this one.',
    )
  const { at, actor, about, place, facts } = openEnvelope<F>(envelope)
  const answered = about === null || place === null ? null : { event: about, place }
  return { eventId, leafHash: leafHash(envelope), at, actor, about: answered, facts, refs, body, content }
}

async function refuseUnlessAgain(onRace: Write<unknown, Facts>['onRace'], error: unknown): Promise<void> {
  const name = obstacle(error)
  const [, meaning] =
    name === undefined ? [] : (Object.entries(onRace).find(([known]) => matches(known, name)) ?? [])
  if (meaning === undefined) throw error
  if (meaning !== 'again') throw await meaning()
}

function matches(known: string, name: string): boolean {
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known
}
