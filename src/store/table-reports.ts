// The frozen reports of a revision of a draft: their hashes, and the event whose body holds their texts.
import type { ReportHashes } from '../contract/documents/publication.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import type { Transaction } from './database.ts'

export type StoredReports = { readonly hashes: ReportHashes; readonly eventId: string }

export async function findReports(
  trx: Transaction,
  { key, version }: VersionRef,
  revision: number,
): Promise<StoredReports | null> {
  const row = await trx
    .selectFrom('openras.table_reports')
    .select(['impact_sha256', 'equality_sha256', 'event_id'])
    .where('table_key', '=', key)
    .where('table_version', '=', version)
    .where('revision', '=', revision)
    .executeTakeFirst()
  if (row === undefined) return null
  return { hashes: { impact: row.impact_sha256, equality: row.equality_sha256 }, eventId: row.event_id }
}

/** The body that holds the texts; null where it is gone. */
export async function readReports(trx: Transaction, eventId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('openras.payload')
    .select('body')
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  return row?.body ?? null
}

export async function insertReports(
  trx: Transaction,
  authorityId: string,
  { key, version }: VersionRef,
  revision: number,
  { hashes, eventId }: StoredReports,
  at: string,
): Promise<void> {
  await trx
    .insertInto('openras.table_reports')
    .values({
      authority_id: authorityId,
      table_key: key,
      table_version: version,
      revision,
      impact_sha256: hashes.impact,
      equality_sha256: hashes.equality,
      event_id: eventId,
      recorded_at: new Date(at),
    })
    .execute()
}
