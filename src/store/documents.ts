// Versions of questionnaires and calibration tables. A version is a run of draft revisions and then one published
// revision, its last; each edit is a row of its own, and the primary key is the lock that If-Match needs.

import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { VersionRef, VersionSummary } from '../contract/documents/version.ts'
import type { TableTerm } from '../domain/table/in-force.ts'
import type { Transaction } from './database.ts'
import type { Schema } from './schema.ts'

export type DocumentKind = 'questionnaire' | 'calibration-table'

/** The published revision of one version, or the latest of its drafts. `document` is the canonical text of key, version and content. */
export type StoredVersion = {
  readonly key: string
  readonly version: number
  readonly revision: number
  readonly state: 'draft' | 'published'
  readonly document: string
  readonly contentHash: string
  readonly flags: readonly string[]
  readonly draftedBy: readonly string[]
  readonly draftedAt: string
  readonly publishedBy: string | null
  readonly publishedAt: string | null
}

type By = { readonly authorityId: string; readonly clientId: string; readonly subjectId: string }

export async function insertRevision(
  trx: Transaction,
  kind: DocumentKind,
  { authorityId, clientId, subjectId }: By,
  eventId: string,
  { key, version, revision, state, document, contentHash, flags, draftedAt, publishedAt }: StoredVersion,
): Promise<void> {
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
      flags: JSON.stringify(flags),
      client_id: clientId,
      subject_id: subjectId,
      event_id: eventId,
      recorded_at: new Date(publishedAt ?? draftedAt),
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
    flags: last.flags as readonly string[],
    draftedBy: [...new Set(drafts.map(({ subject_id }) => subject_id))],
    draftedAt: (drafts.at(-1) ?? last).recorded_at.toISOString(),
    publishedBy: published?.subject_id ?? null,
    publishedAt: published?.recorded_at.toISOString() ?? null,
  }
}

const COLUMNS = [
  'key',
  'version',
  'revision',
  'state',
  'document',
  'content_hash',
  'flags',
  'subject_id',
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
  publishedOnly: boolean,
  after: VersionRef | null,
  limit: number,
): Promise<VersionSummary[]> {
  let query = revisionsOf(trx, kind)
    .distinctOn(['key', 'version'])
    .orderBy('key')
    .orderBy('version')
    .orderBy(sql`state = 'published'`, 'desc')
    .orderBy('revision', 'desc')
    .limit(limit)
  if (publishedOnly) query = query.where('state', '=', 'published')
  if (after !== null) query = query.where(sql<boolean>`(key, version) > (${after.key}, ${after.version})`)
  return (await query.execute()).map((row) => ({
    key: row.key,
    version: row.version,
    title: (JSON.parse(row.document) as { title: string }).title,
    status: row.state,
    revision: row.revision,
    contentHash: row.state === 'published' ? row.content_hash : null,
    publishedAt: row.state === 'published' ? row.recorded_at.toISOString() : null,
  }))
}

/** The terms of all published tables of one questionnaire key, in their order. */
export async function listTerms(trx: Transaction, questionnaireKey: string): Promise<TableTerm[]> {
  const rows = await trx
    .selectFrom('openras.table_term')
    .selectAll()
    .where('questionnaire_key', '=', questionnaireKey)
    .orderBy('ordinal')
    .execute()
  return rows.map((row) => ({
    table: { key: row.table_key, version: row.table_version },
    questionnaire: { key: row.questionnaire_key, version: row.questionnaire_version },
    effectiveFrom: row.effective_from,
    effectiveBefore: row.effective_before,
  }))
}

/** Adds a term after the `known` ones. Another publication in between takes the ordinal, and this one conflicts. */
export async function insertTerm(
  trx: Transaction,
  authorityId: string,
  term: TableTerm,
  known: readonly TableTerm[],
): Promise<void> {
  await trx
    .insertInto('openras.table_term')
    .values({
      authority_id: authorityId,
      questionnaire_key: term.questionnaire.key,
      ordinal: known.length + 1,
      questionnaire_version: term.questionnaire.version,
      table_key: term.table.key,
      table_version: term.table.version,
      effective_from: term.effectiveFrom,
      effective_before: term.effectiveBefore,
    })
    .execute()
}
