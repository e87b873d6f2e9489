// The life of a version, the same for questionnaires and calibration tables: drafted, edited under If-Match, then
// published by somebody who drafted none of it. Each step is one transaction with its event.
import { type Fault, notFound, Refusal } from '../../contract/refusal.ts'
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { type DocumentKind, findVersion, nextVersion, type StoredVersion } from '../../store/documents.ts'
import { findRequest } from '../../store/events.ts'
import type { Caller } from '../core/credentials/caller.ts'
import type { Match } from '../core/requests/etag.ts'
import type { RequestClaim } from '../core/requests/idempotency.ts'
import { changed, revisionChanged, withRetry } from './races.ts'
import { etagOf } from './representation.ts'
import { replayed, type Written, writeRevision } from './write-revision.ts'

/** What differs between the two kinds of document: the rules of publication, and what else is written with it. */
export type DocumentRules<Content> = {
  readonly kind: DocumentKind
  faults(trx: Transaction, content: Content, today: string): Promise<readonly Fault[]>
  flags(trx: Transaction, content: Content): Promise<readonly string[]>
  published(trx: Transaction, authorityId: string, ref: VersionRef, content: Content): Promise<void>
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
      return writeRevision(trx, rules.kind, caller, claim, {
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
      return writeRevision(trx, rules.kind, caller, null, { ref, content, before, state: 'draft', flags: [] })
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
    const written = await writeRevision(trx, rules.kind, caller, claim, step)
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
    if (error instanceof Refusal)
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
    throw new Refusal('publisher-is-drafter', detail)
  }
  const faults = await rules.faults(trx, content, today)
  if (faults.length > 0) {
    const count = `${faults.length} fault${faults.length === 1 ? '' : 's'}`
    throw new Refusal(
      'not-publishable',
      `The draft has ${count}; errors[] lists them by their place in the draft.`,
      { faults },
    )
  }
}

function alreadyPublished(): Refusal {
  return new Refusal(
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
