// Versions of questionnaires and calibration tables. A version is a run of draft revisions and then one published
// revision, its last; each edit is a row of its own, and the primary key is the lock that If-Match needs.

import { sql } from 'kysely'
import type { Seen } from '../contract/documents/publication.ts'
import type { VersionRef, VersionSummary } from '../contract/documents/version.ts'
import type { Warning } from '../contract/documents/warning.ts'
import type { Fault } from '../contract/refusal.ts'
import { type Envelope, openEnvelope } from '../domain/log/event.ts'
import type { Transaction } from './database.ts'
import { findWithdrawal } from './terms.ts'

export type DocumentKind = 'questionnaire' | 'calibration-table'

/** What the event of a revision says of it for ever; its text stands beside it, and `contentHash` is of that. */
export type VersionFacts = VersionRef & {
  readonly kind: DocumentKind
  readonly revision: number
  readonly contentHash: string
  readonly draftedBy: readonly string[]
  readonly draftedAt: string
  /** Those that publication would raise, of a draft; those that it raised, of what is published. */
  readonly warnings: readonly Warning[]
  /** Of a draft: what publication would refuse. */
  readonly faults?: readonly Fault[]
  /** Of a publication: what its publisher had seen. */
  readonly acknowledges?: readonly string[]
  readonly reports?: Seen['reports']
  /** Of a withdrawal: who had published it and when, and how far it is withdrawn. */
  readonly publishedBy?: string
  readonly publishedAt?: string
  readonly withdrawal?: Withdrawal
  /** Of a publication: how many current allocations another table priced for a date that this one covers. */
  readonly affected?: { readonly allocations: number }
}

/** A withdrawal that was asked for; approved by another, the table is withdrawn. */
export type Withdrawal = {
  readonly askedBy: string
  readonly askedAt: string
  readonly reason: string
  readonly confirmedBy: string | null
  readonly confirmedAt: string | null
}

export type StoredWithdrawal = Withdrawal & {
  /** The event that asked. */
  readonly eventId: string
}

/** The published revision of one version, or the latest of its drafts. `document` is the canonical text of key, version and content. */
export type StoredVersion = {
  readonly key: string
  readonly version: number
  readonly revision: number
  readonly state: 'draft' | 'published'
  readonly document: string
  readonly contentHash: string
  /** Those of its publication; none of a draft, which is looked at again each time. */
  readonly warnings: readonly Warning[]
  /** What its publisher had seen; null of a draft, and where nobody is asked. */
  readonly publication: Seen | null
  readonly draftedBy: readonly string[]
  readonly draftedAt: string
  readonly publishedBy: string | null
  readonly publishedAt: string | null
  /** The event of this revision. */
  readonly eventId: string
  readonly withdrawal: StoredWithdrawal | null
}

/** A revision as its event tells it, whose text is `document`. */
export function versionIn(
  {
    event: eventId,
    kind,
    at,
    actor,
    facts,
  }: Pick<Envelope<VersionFacts>, 'event' | 'kind' | 'at' | 'actor' | 'facts'>,
  document: string,
): StoredVersion {
  const { key, version, revision, contentHash, draftedBy, draftedAt, warnings, acknowledges, reports } = facts
  const { publishedBy = actor.subject, publishedAt = at, withdrawal } = facts
  const isPublished = !kind.endsWith('-drafted')
  return {
    key,
    version,
    revision,
    state: isPublished ? 'published' : 'draft',
    document,
    contentHash,
    warnings: isPublished ? warnings : [],
    publication: acknowledges === undefined ? null : { acknowledges, reports: reports ?? null },
    draftedBy,
    draftedAt,
    publishedBy: isPublished ? publishedBy : null,
    publishedAt: isPublished ? publishedAt : null,
    eventId,
    withdrawal: withdrawal === undefined ? null : { ...withdrawal, eventId },
  }
}

/** The number the next version of a key gets. Two writers may be told the same; the primary key lets one commit. */
export async function nextVersion(trx: Transaction, kind: DocumentKind, key: string): Promise<number> {
  const row = await trx
    .selectFrom('openras.document')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

export async function findVersion(
  trx: Transaction,
  kind: DocumentKind,
  { key, version }: VersionRef,
): Promise<StoredVersion | null> {
  const row = await revisions(trx, kind)
    .where('d.key', '=', key)
    .where('d.version', '=', version)
    .orderBy('d.revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const stored = versionIn(openEnvelope(row.envelope), row.content)
  const isTable = kind === 'calibration-table' && stored.state === 'published'
  return isTable ? { ...stored, withdrawal: await findWithdrawal(trx, stored.eventId) } : stored
}

function revisions(trx: Transaction, kind: DocumentKind) {
  return trx
    .selectFrom('openras.document as d')
    .innerJoin('openras.event as e', (join) =>
      join.onRef('e.authority_id', '=', 'd.authority_id').onRef('e.event_id', '=', 'd.event_id'),
    )
    .select(['d.key', 'd.version', 'd.revision', 'd.state', 'd.content', 'd.content_hash', 'e.envelope'])
    .where('d.kind', '=', kind)
}

export type PublishedDocument = {
  readonly document: string
  readonly contentHash: string
  readonly publishedAt: string
}

export async function findPublished(
  trx: Transaction,
  kind: DocumentKind,
  { key, version }: VersionRef,
): Promise<PublishedDocument | null> {
  const row = await revisions(trx, kind)
    .where('d.key', '=', key)
    .where('d.version', '=', version)
    .where('d.state', '=', 'published')
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        document: row.content,
        contentHash: row.content_hash,
        publishedAt: openEnvelope(row.envelope).at,
      }
}

/** Whether the authority has published anything at all. */
export async function hasPublished(trx: Transaction): Promise<boolean> {
  const row = await trx
    .selectFrom('openras.document')
    .select('state')
    .where('state', '=', 'published')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Versions by key, then by version, each as its published revision or the latest of its drafts. */
export async function listVersions(
  trx: Transaction,
  kind: DocumentKind,
  which: 'any' | 'published' | 'ever published',
  after: VersionRef | null,
  limit: number,
): Promise<VersionSummary[]> {
  const isWithdrawn = sql<boolean>`exists (
    select from openras.event asked
    join openras.event approved on approved.authority_id = asked.authority_id and approved.about = asked.event_id
    where asked.authority_id = d.authority_id and asked.about = d.event_id
      and asked.place = 'withdrawal' and approved.place = 'approval'
  )`
  let query = revisions(trx, kind)
    .select(isWithdrawn.as('withdrawn'))
    .distinctOn(['d.key', 'd.version'])
    .orderBy('d.key')
    .orderBy('d.version')
    .orderBy('d.revision', 'desc')
    .limit(limit)
  if (which !== 'any') query = query.where('d.state', '=', 'published')
  if (which === 'published') query = query.where(sql<boolean>`not (${isWithdrawn})`)
  if (after !== null) query = query.where(sql<boolean>`(d.key, d.version) > (${after.key}, ${after.version})`)
  return (await query.execute()).map((row) => ({
    key: row.key,
    version: row.version,
    title: (JSON.parse(row.content) as { title: string }).title,
    status: row.withdrawn ? 'withdrawn' : row.state,
    revision: row.revision,
    contentHash: row.state === 'published' ? row.content_hash : null,
    publishedAt: row.state === 'published' ? openEnvelope(row.envelope).at : null,
  }))
}
