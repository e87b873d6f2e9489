// Appends events to the log, once for each key of a client. The event, its payload and whatever rows it stands for
// are one transaction: either all of it is acknowledged or none of it is there.
import { sql } from 'kysely'
import type { SealedEvent } from '../domain/log/event.ts'
import type { Database, Transaction } from './database.ts'

/** The request that an event answers: whose, under which key, and what to compare a retry with. */
export type Claim = {
  readonly clientId: string
  readonly idempotencyKey: string | null
  readonly fingerprint: Buffer
  readonly status: number
}

/** What a key stored before. `nonce` and `body` are null after erasure. */
export type StoredRequest = {
  readonly fingerprint: Buffer
  readonly status: number
  readonly eventId: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly body: string | null
}

export type StoredRow = {
  readonly fingerprint: Buffer
  readonly status: number
  readonly event_id: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly body: string | null
}

type Row = StoredRow & { readonly outcome: 'created' | 'known' }

/** Appends within a transaction; returns what the key stored before, or null when this request is the first. */
export async function appendEvent(
  trx: Transaction,
  claim: Claim,
  event: SealedEvent<string | Uint8Array>,
): Promise<StoredRequest | null> {
  const list = sql.join([event.authorityId, ...eventValues(claim, event)].map((value) => sql.val(value)))
  const { rows } = await sql<Row>`select * from openras.append_event(${list})`.execute(trx)
  return storedBy(rows[0])
}

export async function findRequest(
  database: Database,
  authorityId: string,
  clientId: string,
  key: string,
): Promise<StoredRequest | null> {
  const [row] = await database.call<StoredRow>(authorityId, 'find_request', [clientId, key])
  return row === undefined ? null : storedFrom(row)
}

/** The members of `openras.intake` up to the payload's body, which `openras.append_event` takes in this order too. */
export function eventValues(claim: Claim, event: SealedEvent<string | Uint8Array>): unknown[] {
  return [
    claim.clientId,
    claim.idempotencyKey,
    claim.fingerprint,
    claim.status,
    event.eventId,
    event.kind,
    event.envelope,
    event.leafHash,
    event.nonce,
    event.body,
  ]
}

function storedBy(row: Row | undefined): StoredRequest | null {
  if (row === undefined) throw new Error('append_event returns exactly one row')
  return row.outcome === 'known' ? storedFrom(row) : null
}

export function storedFrom(row: StoredRow): StoredRequest {
  const { fingerprint, status, envelope, nonce, body } = row
  return { fingerprint, status, eventId: row.event_id, envelope, nonce, body }
}
