// Reads the feed: entries of the log in the order of their indices, with their events.
import { refuseAltered } from '../domain/log/altered.ts'
import type { Database } from './database.ts'

export type FeedEntry = {
  readonly logIndex: number
  readonly eventId: string
  readonly kind: string
  readonly envelope: string
  readonly leafHash: Buffer
  /** Who it is about; null after erasure, and where nobody is named. */
  readonly refs: string | null
  /** What is said; null after erasure and where its kind has none, '' where it is too large for a page. */
  readonly body: string | null
  /** The text of the version that it is about, where it is about one. */
  readonly content: string | null
}

export type FeedRead = { readonly head: number; readonly entries: readonly FeedEntry[] }

/** Throws `RecordAltered`. */
export async function readFeed(
  database: Database,
  authorityId: string,
  after: number,
  limit: number,
): Promise<FeedRead> {
  type Row = Omit<FeedEntry, 'logIndex' | 'eventId' | 'leafHash'> & {
    head: string
    log_index: string | null
    event_id: string
    leaf_hash: Buffer
    nonce: Buffer | null
  }
  const rows = await database.call<Row>(authorityId, 'read_feed', [after, limit])
  const entries = rows.flatMap((row) => {
    if (row.log_index === null) return []
    const { event_id: eventId, kind, envelope, leaf_hash: leafHash, nonce, refs, body, content } = row
    refuseAltered(eventId, { envelope, leafHash, nonce, refs, body: body === '' ? null : body })
    return { logIndex: Number(row.log_index), eventId, kind, envelope, leafHash, refs, body, content }
  })
  return { head: Number(rows[0]?.head ?? -1), entries }
}
