// The life of a version, the same for questionnaires and calibration tables: drafted, edited under If-Match, then
// published by somebody who drafted none of it. Each step is one transaction with its event.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { canonicalJson, contentHash } from '../../domain/canonical.ts'
import { DomainError, type Fault } from '../../domain/errors.ts'
import { type EventKind, sealEvent } from '../../domain/event.ts'
import type { VersionRef } from '../../domain/questionnaire.ts'
import { type Database, type Transaction, violatedConstraint } from '../../store/database.ts'
import {
  type DocumentKind,
  findVersion,
  insertRevision,
  nextVersion,
  type StoredVersion,
} from '../../store/documents.ts'
import { appendEvent, type Claim, findRequest } from '../../store/events.ts'
import type { Caller } from '../caller.ts'
import type { Match } from '../etag.ts'
import type { RequestClaim } from '../idempotency.ts'
import { notFound, Problem } from '../problem.ts'
import { etagOf, representation } from './representation.ts'

/** What differs between the two kinds of document: the rules of publication, and what else is written with it. */
export type DocumentRules<Content> = {
  readonly kind: DocumentKind
  faults(trx: Transaction, content: Content, today: string): Promise<readonly Fault[]>
  flags(trx: Transaction, content: Content): Promise<readonly string[]>
  published(trx: Transaction, authorityId: string, ref: VersionRef, content: Content): Promise<void>
}

/** A version's representation as text, its ETag, and whether this answers a retry. */
export type Written = {
  readonly text: string
  readonly etag: string
  readonly ref: VersionRef
  readonly replayed: boolean
}

export async function draftVersion<Content extends object>(
  database: Database,
  rules: DocumentRules<Content>,
  caller: Caller,
  { key, ...content }: Content & { readonly key: string },
  claim: RequestClaim,
): Promise<Written> {
  return withRetry(() =>
    database.asAuthority(caller.authorityId, async (trx) => {
      const version = await nextVersion(trx, rules.kind, key)
      return write(trx, rules.kind, caller, claim, {
        ref: { key, version },
        content,
        before: null,
        state: 'draft',
        flags: [],
      })
    }),
  )
}

export async function replaceDraft<Content extends object>(
  database: Database,
  rules: DocumentRules<Content>,
  caller: Caller,
  ref: VersionRef,
  { key: _key, ...content }: Content & { readonly key: string },
  match: Match,
): Promise<Written> {
  return changed(
    database.asAuthority(caller.authorityId, async (trx) => {
      const before = await draftMatching(trx, rules.kind, ref, match)
      return write(trx, rules.kind, caller, null, { ref, content, before, state: 'draft', flags: [] })
    }),
  )
}

/** Refuses `publisher-is-drafter`, and `not-publishable` with every fault. `today` is the day of publication. */
export async function publishVersion<Content extends object>(
  database: Database,
  rules: DocumentRules<Content>,
  caller: Caller,
  ref: VersionRef,
  match: Match,
  claim: RequestClaim,
  today: string,
): Promise<Written> {
  const publish = async (trx: Transaction) => {
    const before = await draftMatching(trx, rules.kind, ref, match)
    const content = contentOf<Content>(before)
    await checkPublication(trx, rules, caller, before, content, today)
    const flags = await rules.flags(trx, content)
    const step = { ref, content, before, state: 'published', flags } as const
    const written = await write(trx, rules.kind, caller, claim, step)
    if (!written.replayed) await rules.published(trx, caller.authorityId, ref, content)
    return written
  }
  try {
    return await withRetry(() => database.asAuthority(caller.authorityId, publish))
  } catch (error) {
    // A retry of the publication itself gets its first answer; anybody else is told that it is published.
    const stored = await findRequest(database, caller.authorityId, claim.clientId, claim.key)
    if (stored !== null) return replayed(claim.recognise(stored).body)
    // Refused beside another's edit or publication, which is then the reason, and not what was read halfway.
    if (error instanceof DomainError)
      await database.asAuthority(caller.authorityId, (trx) => draftMatching(trx, rules.kind, ref, match))
    throw error
  }
}

async function checkPublication<Content extends object>(
  trx: Transaction,
  rules: DocumentRules<Content>,
  { subjectId }: Caller,
  draft: StoredVersion,
  content: Content,
  today: string,
): Promise<void> {
  if (draft.draftedBy.includes(subjectId)) {
    const detail = 'You drafted this version, or a revision of it. A second person must publish it.'
    throw new Problem('publisher-is-drafter', detail)
  }
  const faults = await rules.faults(trx, content, today)
  if (faults.length > 0) {
    const count = `${faults.length} fault${faults.length === 1 ? '' : 's'}`
    throw new DomainError(
      'not-publishable',
      `The draft has ${count}; errors[] lists them by their place in the draft.`,
      faults,
    )
  }
}

function alreadyPublished(): Problem {
  return new Problem(
    'already-published',
    'This version is published and can never change. Make a new version.',
  )
}

function contentOf<Content extends object>({ document }: StoredVersion): Content {
  const { key: _key, version: _version, ...content } = JSON.parse(document) as VersionRef & Content
  return content as unknown as Content
}

async function draftMatching(
  trx: Transaction,
  kind: DocumentKind,
  ref: VersionRef,
  match: Match,
): Promise<StoredVersion> {
  const before = await findVersion(trx, kind, ref)
  if (before === null) throw notFound()
  if (before.state === 'published') throw alreadyPublished()
  if (!match(etagOf(before))) throw revisionChanged()
  return before
}

function revisionChanged(): Problem {
  return new Problem(
    'revision-changed',
    'The draft has changed since the revision in If-Match. Get it again and decide anew.',
  )
}

type Step = {
  readonly ref: VersionRef
  readonly content: object
  readonly before: StoredVersion | null
  readonly state: 'draft' | 'published'
  readonly flags: readonly string[]
}

async function write(
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

function replayed(text: string): Written {
  const { key, version, lifecycle } = JSON.parse(text) as VersionRef & { lifecycle: { revision: number } }
  return { text, etag: etagOf(lifecycle), ref: { key, version }, replayed: true }
}

// Two writers of the same revision, version or term: the keys let one commit. Where the other's request still makes
// sense it is done again on what is there now; an edit under If-Match does not, and is told so.
const ATTEMPTS = 5

async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isLostRace(error)) throw error
      if (attempt === ATTEMPTS) throw crowdedOut()
    }
  }
}

function crowdedOut(): Problem {
  const detail = 'Others write to this at the same time. Send the same request again with the same key.'
  return new Problem('busy', detail, { headers: { 'retry-after': '1' } })
}

async function changed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isLostRace(error) ? revisionChanged() : error
  }
}

function isLostRace(error: unknown): boolean {
  const constraint = violatedConstraint(error)
  return (
    constraint?.startsWith('document_revision_') === true || constraint?.startsWith('table_term_') === true
  )
}
