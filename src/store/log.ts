// The log as those who write see it: what a client's key stored before, and one append for each write. Here alone the
// database's functions for that are known. An event, its payload and the rows it stands for are one transaction: either
// all of it is acknowledged or none of it is there.
import { sql } from 'kysely'
import type { SealedEvent } from '../domain/log/event.ts'
import { type Database, sqlState, type Transaction, violatedConstraint } from './database.ts'
import { groupCommit } from './group-commit.ts'

export type Log = {
  /** What the client's key stored before, or null. */
  find(authorityId: string, clientId: string, key: string): Promise<StoredRequest | null>
  /** Appends once for the key: what the key stored before, and then nothing is appended, or null when this is the first. */
  append(event: Event, claim: Claim | null, rows: Rows): Promise<StoredRequest | null>
}

type Event = SealedEvent<string | Uint8Array>

/** The request that an event answers: its key, the status of its answer, and what to compare a retry with. */
export type Claim = { readonly key: string; readonly status: number; readonly fingerprint: Buffer }

/** What is kept beside the event: an assessment's own rows, or those that `insert` adds in the same transaction. */
export type Rows =
  | { readonly intake: IntakeRefs }
  | { readonly insert: (trx: Transaction, event: Event) => Promise<void> }

/** Who an assessment is about: kept in the payload's row only, and erased with it. */
export type IntakeRefs = {
  readonly personRef: string
  readonly assessmentRef: string
  readonly revision: number
}

/** What a key stored before. `nonce` and `body` are null after erasure. */
export type StoredRequest = {
  readonly fingerprint: Buffer
  readonly eventId: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly body: string | null
}

export function openLog(database: Database): Log {
  const intakes = gathered(database)
  return {
    async find(authorityId, clientId, key) {
      const [row] = await database.call<StoredRow>(authorityId, 'find_request', [clientId, key])
      return row === undefined ? null : storedFrom(row)
    },
    append: (event, claim, rows) =>
      'intake' in rows
        ? intakes({ event, claim, refs: rows.intake })
        : database.asAuthority(event.authorityId, async (trx) => {
            const known = await appendEvent(trx, claim, event)
            if (known === null) await rows.insert(trx, event)
            return known
          }),
  }
}

/** What stood in the way of a write: the constraint it violated, or else PostgreSQL's code. */
export function obstacle(error: unknown): string | undefined {
  return violatedConstraint(error) ?? sqlState(error)
}

type StoredRow = {
  readonly fingerprint: Buffer
  readonly event_id: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly body: string | null
}

function storedFrom({ fingerprint, event_id: eventId, envelope, nonce, body }: StoredRow): StoredRequest {
  return { fingerprint, eventId, envelope, nonce, body }
}

async function appendEvent(
  trx: Transaction,
  claim: Claim | null,
  event: Event,
): Promise<StoredRequest | null> {
  const list = sql.join([event.authorityId, ...eventValues(claim, event)].map((value) => sql.val(value)))
  const { rows } = await sql<
    StoredRow & { readonly outcome: 'created' | 'known' }
  >`select * from openras.append_event(${list})`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Error('append_event returns exactly one row')
  return row.outcome === 'known' ? storedFrom(row) : null
}

// The members of `openras.intake` up to the payload's body, which `openras.append_event` takes in this order too.
function eventValues(claim: Claim | null, event: Event): unknown[] {
  return [
    event.actor.client,
    claim?.key ?? null,
    claim?.fingerprint ?? event.nonce,
    claim?.status ?? 200,
    event.eventId,
    event.kind,
    event.envelope,
    event.leafHash,
    event.nonce,
    event.body,
  ]
}

type Intake = { readonly event: Event; readonly claim: Claim | null; readonly refs: IntakeRefs }

type AppendIntake = (intake: Intake) => Promise<StoredRequest | null>

// One group at a time: a second would halve the groups, and cost more than it would overlap.
const TOGETHER = { most: 16, atOnce: 1, patience: 5_000 }

// One as large as this goes by itself: what is sent and stored for a group stays small.
const LARGE = 64 * 1024

// So that one whose key is held elsewhere does not hold up those behind it, nobody waits longer in turn.
const LOCK_MS_IN_TURN = 200

// Assessments of one authority that come at the same time share a transaction, a round trip and a flush of the disk;
// each is acknowledged when that transaction is committed, and not before.
function gathered(database: Database): AppendIntake {
  const ofAuthority = new Map<string, AppendIntake>()
  return (intake) => {
    const { authorityId, body } = intake.event
    const alone = async (one: Intake) => (await appendTogether(database, authorityId, [one]))[0] ?? null
    if (body.length >= LARGE) return alone(intake)
    let append = ofAuthority.get(authorityId)
    if (append === undefined) {
      append = groupCommit(TOGETHER, {
        together: (group) => appendTogether(database, authorityId, group, LOCK_MS_IN_TURN),
        alone,
        isWorthAnother,
      })
      ofAuthority.set(authorityId, append)
    }
    return append(intake)
  }
}

const LOCK_NOT_AVAILABLE = '55P03'

// A value or a key that is refused, a table that is not in force any more, a deadlock: PostgreSQL has then taken all
// of the group back, and the others have nothing to do with it. A lock that is held may be let go.
function isWorthAnother(error: unknown, count: number): boolean {
  const state = sqlState(error) ?? ''
  return state === LOCK_NOT_AVAILABLE || (count > 1 && /^(22|23|XX|OR001|40)/.test(state))
}

async function appendTogether(
  database: Database,
  authorityId: string,
  group: readonly Intake[],
  lockMs?: number,
): Promise<(StoredRequest | null)[]> {
  const known = await database.appendIntakes<StoredRow & { readonly refused: string }>(
    authorityId,
    group.map(valuesOf),
    lockMs,
  )
  return group.map(({ event }) => {
    const row = known.find(({ refused }) => refused === event.eventId)
    return row === undefined ? null : storedFrom(row)
  })
}

function valuesOf({ claim, event, refs }: Intake): unknown[] {
  return [...eventValues(claim, event), refs.personRef, refs.assessmentRef, refs.revision]
}
