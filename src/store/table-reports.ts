// The frozen reports of a revision of a draft: their hashes, and the event whose body holds their texts.
import { sql } from 'kysely'
import type { ReportHashes } from '../contract/documents/publication.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { Transaction } from './database.ts'

export type StoredReports = { readonly hashes: ReportHashes; readonly eventId: string }

export async function findReports(
  trx: Transaction,
  { key, version }: VersionRef,
  revision: number,
): Promise<StoredReports | null> {
  const { rows } = await sql<{ envelope: string }>`
    select made.envelope
    from openras.document d
    join openras.event made on made.authority_id = d.authority_id and made.about = d.event_id and made.place = 'reports'
    where d.kind = 'calibration-table' and d.key = ${key} and d.version = ${version}
      and d.revision = ${revision}`.execute(trx)
  const [row] = rows
  if (row === undefined) return null
  const { event: eventId, facts } = openEnvelope<{ readonly reports: ReportHashes }>(row.envelope)
  return { hashes: facts.reports, eventId }
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
