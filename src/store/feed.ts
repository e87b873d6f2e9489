// Reads the feed: entries of the log in the order of their indices, with their events.
import type { Database } from './database.ts'

export type FeedEntry = {
  readonly logIndex: number
  readonly eventId: string
  readonly kind: string
  readonly envelope: string
  readonly leafHash: Buffer
  /** The payload's text; null after erasure. */
  readonly body: string | null
}

export type FeedRead = { readonly head: number; readonly entries: readonly FeedEntry[] }

export async function readFeed(
  database: Database,
  authorityId: string,
  after: number,
  limit: number,
): Promise<FeedRead> {
  type Row = {
    head: string
    log_index: string | null
    event_id: string
    kind: string
    envelope: string
    leaf_hash: Buffer
    body: string | null
  }
  const rows = await database.call<Row>(authorityId, 'read_feed', [after, limit])
  const entries = rows.flatMap((row) =>
    row.log_index === null
      ? []
      : {
          logIndex: Number(row.log_index),
          eventId: row.event_id,
          kind: row.kind,
          envelope: row.envelope,
          leafHash: row.leaf_hash,
          body: row.body,
        },
  )
  return { head: Number(rows[0]?.head ?? -1), entries }
}
