// Stores assessments with their allocations. Those of one authority that come at the same time share a transaction,
// a round trip and a flush of the disk; each is acknowledged when that transaction is committed, and not before.
import type { SealedEvent } from '../domain/log/event.ts'
import { type Database, sqlState } from './database.ts'
import { type Claim, eventValues, type StoredRequest, type StoredRow, storedFrom } from './events.ts'
import { groupCommit } from './group-commit.ts'

export type Intake = {
  readonly claim: Claim
  readonly event: SealedEvent
  /** Who the assessment is about: kept in the payload's row only, and erased with it. */
  readonly refs: { readonly personRef: string; readonly assessmentRef: string; readonly revision: number }
}

/** Appends an intake once for its key: what the key stored before, or null when this request is the first. */
export type AppendIntake = (intake: Intake) => Promise<StoredRequest | null>

// One group at a time: a second would halve the groups, and cost more than it would overlap.
const TOGETHER = { most: 16, atOnce: 1, patience: 5_000 }

// So that one whose key is held elsewhere does not hold up those behind it, nobody waits longer in turn.
const LOCK_MS_IN_TURN = 200

export function intakes(database: Database): AppendIntake {
  const ofAuthority = new Map<string, AppendIntake>()
  return (intake) => {
    const { authorityId } = intake.event
    let append = ofAuthority.get(authorityId)
    if (append === undefined) {
      append = groupCommit(TOGETHER, {
        together: (group) => appendTogether(database, authorityId, group, LOCK_MS_IN_TURN),
        alone: async (one) => (await appendTogether(database, authorityId, [one]))[0] ?? null,
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

type Known = StoredRow & { readonly refused: string }

async function appendTogether(
  database: Database,
  authorityId: string,
  group: readonly Intake[],
  lockMs?: number,
): Promise<(StoredRequest | null)[]> {
  const known = await database.appendIntakes<Known>(authorityId, group.map(valuesOf), lockMs)
  return group.map(({ event }) => {
    const row = known.find(({ refused }) => refused === event.eventId)
    return row === undefined ? null : storedFrom(row)
  })
}

function valuesOf({ claim, event, refs }: Intake): unknown[] {
  return [...eventValues(claim, event), refs.personRef, refs.assessmentRef, refs.revision]
}
