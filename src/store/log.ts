// The log as those who write see it: what a client's key stored before, and one append for each write. Here alone the
// database's functions for that are known. An event, its payload and the rows it stands for are one transaction: either
// all of it is acknowledged or none of it is there.
import type { SealedEvent } from '../domain/log/event.ts'
import { type Database, sqlState, violatedConstraint } from './database.ts'
import { groupCommit } from './group-commit.ts'

export type Log = {
  /** What the client's key stored before, or null. */
  find(authorityId: string, clientId: string, key: string): Promise<StoredRequest | null>
  /** Appends once for the key: what the key stored before, and then nothing is appended, or null when this is the first. */
  append(entry: LogEntry): Promise<StoredRequest | null>
}

export type LogEntry = {
  readonly event: SealedEvent
  /** The text of the version that it is about. */
  readonly content: string | null
  readonly claim: Claim | null
}

/** The key of the request that an event answers, and what to compare a retry with. */
export type Claim = { readonly key: string; readonly fingerprint: Buffer }

/** What a key stored before: null what it never had, and all but the envelope after erasure. */
export type StoredRequest = {
  readonly eventId: string
  readonly envelope: string
  readonly nonce: Buffer | null
  readonly fingerprint: Buffer | null
  readonly refs: string | null
  readonly body: string | null
  readonly content: string | null
}

export function openLog(database: Database): Log {
  const append = gathered(database)
  return {
    async find(authorityId, clientId, key) {
      const [row] = await database.call<StoredRow>(authorityId, 'find_request', [clientId, key])
      return row === undefined ? null : storedFrom(row)
    },
    append,
  }
}

/** What stood in the way of a write: the constraint it violated, or else PostgreSQL's code. */
export function obstacle(error: unknown): string | undefined {
  return violatedConstraint(error) ?? sqlState(error)
}

type StoredRow = Omit<StoredRequest, 'eventId'> & { readonly event_id: string }

function storedFrom({
  event_id: eventId,
  envelope,
  nonce,
  fingerprint,
  refs,
  body,
  content,
}: StoredRow): StoredRequest {
  return { eventId, envelope, nonce, fingerprint, refs, body, content }
}

type Append = Log['append']

// One group at a time: a second would halve the groups, and cost more than it would overlap.
const TOGETHER = { most: 16, atOnce: 1, patience: 5_000 }

// One as large as this goes by itself: what is sent and stored for a group stays small.
const LARGE = 64 * 1024

// So that one whose key is held elsewhere does not hold up those behind it, nobody waits longer in turn.
const LOCK_MS_IN_TURN = 200

// What comes for one authority at the same time shares a transaction, a round trip and a flush of the disk; each is
// acknowledged when that transaction is committed, and not before.
function gathered(database: Database): Append {
  const ofAuthority = new Map<string, Append>()
  return (entry) => {
    const { authorityId } = entry.event
    const alone = async (one: LogEntry) => (await appendTogether(database, authorityId, [one]))[0] ?? null
    if (sizeOf(entry) >= LARGE) return alone(entry)
    let append = ofAuthority.get(authorityId)
    if (append === undefined) {
      append = groupCommit(TOGETHER, {
        together: (group) => appendTogether(database, authorityId, group, LOCK_MS_IN_TURN),
        alone,
        isWorthAnother,
      })
      ofAuthority.set(authorityId, append)
    }
    return append(entry)
  }
}

function sizeOf({ event, content }: LogEntry): number {
  return event.envelope.length + (event.parts.body?.length ?? 0) + (content?.length ?? 0)
}

const LOCK_NOT_AVAILABLE = '55P03'

// A value or a key that is refused, a table that is not in force any more, a deadlock: PostgreSQL has then taken all
// of the group back, and the others have nothing to do with it. A lock that is held may be let go.
function isWorthAnother(error: unknown, count: number): boolean {
  const state = sqlState(error) ?? ''
  return state === LOCK_NOT_AVAILABLE || (count > 1 && /^(22|23|XX|OR|40)/.test(state))
}

async function appendTogether(
  database: Database,
  authorityId: string,
  group: readonly LogEntry[],
  lockMs?: number,
): Promise<(StoredRequest | null)[]> {
  const known = await database.append<StoredRow & { readonly n: number }>(
    authorityId,
    group.map(valuesOf),
    lockMs,
  )
  return group.map((_, at) => {
    const row = known.find(({ n }) => n === at + 1)
    return row === undefined ? null : storedFrom(row)
  })
}

// The members of `openras.entry`, in their order.
function valuesOf({ event, content, claim }: LogEntry): unknown[] {
  const { envelope, nonce, parts } = event
  return [
    envelope,
    nonce,
    parts.refs ?? null,
    parts.body ?? null,
    // Everything else is about a text that is there already.
    event.kind.endsWith('-drafted') ? content : null,
    claim?.key ?? null,
    claim?.fingerprint ?? null,
  ]
}
