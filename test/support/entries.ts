// Entries of the log as the service would append them, for tests that go to the database's own door.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { EventKind } from '../../src/contract/event.ts'
import { canonicalJson, contentHash } from '../../src/domain/log/canonical.ts'
import { type Answered, type Parts, requestFingerprint, sealEvent } from '../../src/domain/log/event.ts'
import { newId } from '../../src/operations/new-id.ts'

export type Given = {
  readonly kind: EventKind
  readonly facts: object
  readonly about?: Answered
  readonly parts?: Parts
  readonly content?: string
  /** The key of a request; without one, there is none. */
  readonly key?: string
  readonly subject?: string
  readonly client?: string
  readonly at?: string
  readonly eventId?: string
}

export type TestEntry = {
  readonly eventId: string
  readonly envelope: string
  readonly nonce: Buffer
  readonly refs: string | null
  readonly body: string | null
  readonly content: string | null
  readonly key: string | null
  readonly fingerprint: Buffer | null
}

/** What the service would give to `openras.append`. */
export function entryOf(authorityId: string, given: Given): TestEntry {
  const nonce = randomBytes(32)
  const { kind, facts, about = null, parts = {}, content = null, key = null } = given
  const { subject = 'somebody', client = 'direct', at = new Date().toISOString(), eventId = newId() } = given
  const actor = { client, subject }
  const { envelope } = sealEvent({ authorityId, eventId, kind, at, actor, about, facts, parts, nonce })
  const fingerprint = key === null ? null : requestFingerprint(nonce, 'POST', '/v1/tests', null)
  const body = parts.body === undefined ? null : String(parts.body)
  return { eventId, envelope, nonce, refs: parts.refs ?? null, body, content, key, fingerprint }
}

/** Appends it in whatever transaction the connection is in. */
export async function append(client: pg.Client, authority: string, entry: TestEntry): Promise<void> {
  const { envelope, nonce, refs, body, content, key, fingerprint } = entry
  await client.query({
    name: 'append',
    text: 'select * from openras.append($1, 2000, array[row($2, $3, $4, $5, $6, $7, $8)::openras.entry])',
    values: [authority, envelope, nonce, refs, body, content, key, fingerprint],
  })
}

/** A first draft of a questionnaire that no other has the key of: an event that stands on nothing. */
export function draftGiven(subject = 'somebody'): Given {
  const ref = { key: `q${newId().replaceAll('-', '')}`, version: 1 }
  const content = canonicalJson({ ...ref, title: 'A draft' })
  const facts = {
    kind: 'questionnaire',
    ...ref,
    revision: 1,
    contentHash: contentHash(content),
    draftedBy: [subject],
    draftedAt: new Date().toISOString(),
    faults: [],
    warnings: [],
  }
  return { kind: 'questionnaire-drafted', facts, content, subject }
}
