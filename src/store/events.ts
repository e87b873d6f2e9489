// Events as they are read: with who they are about and what is said, and held against the log's own hashes.
import { type RawBuilder, sql } from 'kysely'
import { refuseAltered } from '../domain/log/altered.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { Database } from './database.ts'

export type FoundEvent = {
  readonly eventId: string
  readonly kind: string
  readonly envelope: string
  readonly leafHash: Buffer
  /** Null after erasure, and where its kind has none. */
  readonly refs: string | null
  readonly body: string | null
  /** The event that corrects this one, if any does. */
  readonly correctedBy: string | null
}

type Row = Omit<FoundEvent, 'eventId' | 'leafHash' | 'correctedBy'> & {
  readonly event_id: string
  readonly leaf_hash: Buffer
  readonly nonce: Buffer | null
  readonly corrected_by: string | null
}

/** Those of these events that are there, in no order. Throws `RecordAltered`. */
export async function readEvents(
  database: Database,
  authorityId: string,
  ids: readonly string[],
): Promise<readonly FoundEvent[]> {
  const rows = await database.call<Row>(authorityId, 'read_events', [ids])
  return rows.map(({ event_id: eventId, leaf_hash: leafHash, corrected_by: correctedBy, nonce, ...row }) => {
    const { kind, envelope, refs, body } = row
    refuseAltered(eventId, { envelope, leafHash, nonce, refs, body })
    return { eventId, kind, envelope, leafHash, refs, body, correctedBy }
  })
}

/**
 * A condition that no index knows. The planner takes such a one to hold of next to no row, and would rather sort them all
 * than look at the newest in their order; of a CASE it expects every second one.
 */
export function worthALook(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${condition} then true else false end`
}

export function isIntake({ kind }: Pick<FoundEvent, 'kind'>): boolean {
  return kind === 'assessment-allocated' || kind === 'assessment-corrected'
}

export function factsIn<F extends object>(envelope: string): F {
  return openEnvelope<F>(envelope).facts
}
