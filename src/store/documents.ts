// Versions of questionnaires and calibration tables. A version is a run of draft revisions and then one published
// revision, its last; each edit is a row of its own, and the primary key is the lock that If-Match needs.

import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Seen } from '../contract/documents/publication.ts'
import type { VersionRef, VersionSummary } from '../contract/documents/version.ts'
import type { Warning } from '../contract/documents/warning.ts'
import type { Transaction } from './database.ts'
import type { Schema } from './schema.ts'
import { findWithdrawal, type StoredWithdrawal } from './terms.ts'

export type DocumentKind = 'questionnaire' | 'calibration-table'

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
  /** What its publisher had seen; null of a draft, and of what was published before anybody was asked. */
  readonly publication: Seen | null
  readonly draftedBy: readonly string[]
  readonly draftedAt: string
  readonly publishedBy: string | null
  readonly publishedAt: string | null
  /** The event of this revision. */
  readonly eventId: string
  readonly withdrawal: StoredWithdrawal | null
}

export type By = { readonly authorityId: string; readonly clientId: string; readonly subjectId: string }

export async function insertRevision(
  trx: Transaction,
  kind: DocumentKind,
  { authorityId, clientId, subjectId }: By,
  stored: StoredVersion,
): Promise<void> {
  const { key, version, revision, state, document, contentHash, warnings, publication } = stored
  await trx
    .insertInto('openras.document_revision')
    .values({
      authority_id: authorityId,
      kind,
      key,
      version,
      revision,
      state,
      document,
      content_hash: contentHash,
      client_id: clientId,
      subject_id: subjectId,
      event_id: stored.eventId,
      recorded_at: new Date(stored.publishedAt ?? stored.draftedAt),
      warnings: JSON.stringify(warnings),
      publication: publication && JSON.stringify(publication),
    })
    .execute()
}

/** The number the next version of a key gets. Two writers may be told the same; the primary key lets one commit. */
export async function nextVersion(trx: Transaction, kind: DocumentKind, key: string): Promise<number> {
  const row = await trx
    .selectFrom('openras.document_revision')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

export async function findVersion(
  trx: Transaction,
  kind: DocumentKind,
  ref: VersionRef,
): Promise<StoredVersion | null> {
  const rows = await revisionsOfVersion(trx, kind, ref).orderBy('revision').execute()
  // The database lets nothing follow a publication; were there anything, what is published is still what counts.
  const published = rows.find(({ state }) => state === 'published')
  const last = published ?? rows.at(-1)
  if (last === undefined) return null
  const drafts = rows.filter(({ state }) => state === 'draft')
  return {
    key: last.key,
    version: last.version,
    revision: last.revision,
    state: last.state,
    document: last.document,
    contentHash: last.content_hash,
    warnings: last.warnings as readonly Warning[],
    publication: last.publication as Seen | null,
    draftedBy: [...new Set(drafts.map(({ subject_id }) => subject_id))],
    draftedAt: (drafts.at(-1) ?? last).recorded_at.toISOString(),
    publishedBy: published?.subject_id ?? null,
    publishedAt: published?.recorded_at.toISOString() ?? null,
    eventId: last.event_id,
    withdrawal:
      kind === 'calibration-table' && published !== undefined ? await findWithdrawal(trx, ref) : null,
  }
}

const COLUMNS = [
  'key',
  'version',
  'revision',
  'state',
  'document',
  'content_hash',
  'warnings',
  'publication',
  'subject_id',
  'event_id',
  'recorded_at',
] as const

type Row = Pick<Selectable<Schema['openras.document_revision']>, (typeof COLUMNS)[number]>

type Revisions = SelectQueryBuilder<Schema, 'openras.document_revision', Row>

function revisionsOf(trx: Transaction, kind: DocumentKind): Revisions {
  return trx.selectFrom('openras.document_revision').select(COLUMNS).where('kind', '=', kind)
}

function revisionsOfVersion(trx: Transaction, kind: DocumentKind, { key, version }: VersionRef): Revisions {
  return revisionsOf(trx, kind).where('key', '=', key).where('version', '=', version)
}

export type PublishedDocument = {
  readonly document: string
  readonly contentHash: string
  readonly publishedAt: Date
}

export async function findPublished(
  trx: Transaction,
  kind: DocumentKind,
  ref: VersionRef,
): Promise<PublishedDocument | null> {
  const row = await revisionsOfVersion(trx, kind, ref).where('state', '=', 'published').executeTakeFirst()
  return row === undefined
    ? null
    : { document: row.document, contentHash: row.content_hash, publishedAt: row.recorded_at }
}

/** Whether the authority has published anything at all. */
export async function hasPublished(trx: Transaction): Promise<boolean> {
  const row = await trx
    .selectFrom('openras.document_revision')
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
  const isWithdrawn = sql<boolean>`kind = 'calibration-table' and state = 'published' and exists (
    select from openras.table_withdrawal w
    where w.authority_id = document_revision.authority_id and w.step = 'approved'
      and w.table_key = document_revision.key and w.table_version = document_revision.version
  )`
  let query = revisionsOf(trx, kind)
    .select(isWithdrawn.as('withdrawn'))
    .distinctOn(['key', 'version'])
    .orderBy('key')
    .orderBy('version')
    .orderBy(sql`state = 'published'`, 'desc')
    .orderBy('revision', 'desc')
    .limit(limit)
  if (which !== 'any') query = query.where('state', '=', 'published')
  if (which === 'published') query = query.where(sql<boolean>`not (${isWithdrawn})`)
  if (after !== null) query = query.where(sql<boolean>`(key, version) > (${after.key}, ${after.version})`)
  return (await query.execute()).map((row) => ({
    key: row.key,
    version: row.version,
    title: (JSON.parse(row.document) as { title: string }).title,
    status: row.withdrawn ? 'withdrawn' : row.state,
    revision: row.revision,
    contentHash: row.state === 'published' ? row.content_hash : null,
    publishedAt: row.state === 'published' ? row.recorded_at.toISOString() : null,
  }))
}
