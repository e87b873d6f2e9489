// Versions are written: drafted, replaced by whoever saw the latest revision, and published by somebody who drafted none
// of it; from then on a version never changes. What publication would refuse is told with a draft, and does not stand
// in its way.
import type { ReportHashes, Seen } from '../../contract/documents/publication.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { EventKind } from '../../contract/event.ts'
import { type Fault, faultsIn, notFound, Refusal } from '../../contract/refusal.ts'
import { canonicalJson, contentHash } from '../../domain/log/canonical.ts'
import type { Database, Transaction } from '../../store/database.ts'
import {
  type DocumentKind,
  findVersion,
  insertRevision,
  nextVersion,
  type StoredVersion,
} from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { today } from '../day-in-england.ts'
import {
  type Entry,
  type Now,
  type RequestKey,
  type StoredEvent,
  type Writer,
  type Written,
  writeOnce,
} from '../write-once.ts'
import type { DocumentRules } from './document-rules.ts'
import { refuseOtherReports, refuseUnacknowledged } from './seen.ts'
import { contentOf, type Findings, NO_FINDINGS, versionView, type WithdrawalStep } from './version-view.ts'

type DocumentStore = { readonly database: Database; readonly log: Log }

/** A version's representation as text, which revision of which version it is, and how far it is withdrawn. */
export type WrittenVersion = {
  readonly text: string
  readonly ref: VersionRef
  readonly revision: number
  readonly withdrawal: WithdrawalStep | null
}

/** Whether the caller saw this revision, as If-Match says. */
export type MatchesRevision = (revision: number) => boolean

export function draftVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  key: string,
  sent: Content,
): Promise<Written<WrittenVersion>> {
  const content = rules.completed(sent)
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const ref = { key, version: await nextVersion(trx, rules.kind, key) }
        const found = await rules.review(trx, { ref, revision: 1, content }, today())
        return revisionEntry(rules.kind, by, draftAfter(null, ref, content, by, now), found)
      }),
    onRace: { document_revision_pkey: 'again' },
    answer: writtenVersion,
  })
}

/**
 * If-Match makes a second copy of the request fail, so that it needs no key. Refuses `not-found`, `already-published` and
 * `revision-changed`.
 */
export function replaceDraft<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  ref: VersionRef,
  sent: Content,
  matches: MatchesRevision,
): Promise<Written<WrittenVersion>> {
  const content = rules.completed(sent)
  return writeOnce(log, {
    by,
    request: null,
    first: 'fresh',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const before = await matchingDraft(trx, rules.kind, ref, matches)
        const draft = draftAfter(before, ref, content, by, now)
        const found = await rules.review(trx, { ref, revision: draft.revision, content }, today())
        return revisionEntry(rules.kind, by, draft, found)
      }),
    onRace: { document_revision_pkey: revisionChanged },
    answer: writtenVersion,
  })
}

/**
 * `seen` is what the publisher says they have seen. Refuses `not-found`, `already-published`, `revision-changed`,
 * `publisher-is-drafter`, `not-publishable` with every fault, `report-changed`, and `warning-not-acknowledged` with every
 * warning. What is refused gets a second look: beside another's edit or publication, that is the reason.
 */
export function publishVersion<Content extends object>(
  { database, log }: DocumentStore,
  rules: DocumentRules<Content>,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  matches: MatchesRevision,
  seen: Seen | null,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'seen',
    decide: (now) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const draft = await matchingDraft(trx, rules.kind, ref, matches)
        refuseDrafter(draft, by)
        const { revision } = draft
        const content = contentOf<Content>(draft.document)
        const { faults, warnings, reports, told, insert } = await rules.review(
          trx,
          { ref, revision, content },
          today(),
        )
        refuseFaults(faults)
        refuseOtherReports(reports, seen)
        refuseUnacknowledged(warnings, seen)
        const published: StoredVersion = {
          ...draft,
          revision: draft.revision + 1,
          state: 'published',
          warnings,
          publication: seen,
          publishedBy: by.subjectId,
          publishedAt: now.at,
          eventId: now.eventId,
        }
        return revisionEntry(rules.kind, by, published, NO_FINDINGS, {
          told,
          insert: (inserting) => insert(inserting, by.authorityId),
        })
      }),
    onRace: { 'document_revision_*': 'again', 'table_term_*': 'again' },
    answer: writtenVersion,
  })
}

function draftAfter(
  before: StoredVersion | null,
  ref: VersionRef,
  content: object,
  { subjectId }: Writer,
  { at, eventId }: Now,
): StoredVersion {
  const document = canonicalJson({ ...content, ...ref })
  return {
    ...ref,
    revision: (before?.revision ?? 0) + 1,
    state: 'draft',
    document,
    contentHash: contentHash(document),
    warnings: [],
    publication: null,
    draftedBy: [...new Set([...(before?.draftedBy ?? []), subjectId])],
    draftedAt: at,
    publishedBy: null,
    publishedAt: null,
    eventId,
    withdrawal: null,
  }
}

type DocumentFacts = {
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
function revisionEntry(
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

function writtenVersion({ facts, body }: StoredEvent<DocumentFacts>): WrittenVersion {
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

function revisionChanged(): Refusal {
  return new Refusal(
    'revision-changed',
    'The draft has changed since the revision in If-Match. Fetch it again, check what changed, then resend.',
  )
}

function refuseDrafter({ draftedBy }: StoredVersion, { subjectId }: Writer): void {
  if (!draftedBy.includes(subjectId)) return
  const detail =
    'You drafted this version, or a revision of it. Ask someone who did not draft it to publish it.'
  throw new Refusal('publisher-is-drafter', detail)
}

function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  throw new Refusal('not-publishable', faultsIn('The draft', faults), { faults })
}
