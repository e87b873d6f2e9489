// A published table is taken back: one person asks, with a reason, another confirms, and only while it has priced nobody.
// Both are additions. The table stays readable, and no date uses it any more.
import type { VersionRef } from '../../contract/documents/version.ts'
import type { EventKind } from '../../contract/event.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import type { Database } from '../../store/database.ts'
import { findVersion, type StoredVersion, type VersionFacts, type Withdrawal } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { hasPriced } from '../../store/terms.ts'
import { type Entry, type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { WrittenVersion } from './revision.ts'
import { statusOf, versionText } from './version-view.ts'

type TableStore = { readonly database: Database; readonly log: Log }

/** What both steps refuse, asking and confirming, in the order in which they do. */
export const ASKING_REFUSALS = [
  'not-found',
  'not-published',
  'already-withdrawn',
  'withdrawal-already-asked',
  'table-has-priced',
] as const satisfies readonly RefusalCode[]

export const CONFIRMING_REFUSALS = [
  'not-found',
  'not-published',
  'already-withdrawn',
  'withdrawal-not-asked',
  'confirmer-asked',
  'table-has-priced',
] as const satisfies readonly RefusalCode[]

/** Changes nothing but that somebody may now confirm it. Refuses as ASKING_REFUSALS says. */
export function askWithdrawal(
  store: TableStore,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  reason: string,
): Promise<Written<WrittenVersion>> {
  return takeStep(store, by, request, ref, {
    kind: 'calibration-table-withdrawal-asked',
    place: 'withdrawal',
    decide({ withdrawal, eventId }, at) {
      if (withdrawal !== null)
        throw new Refusal(
          'withdrawal-already-asked',
          'This withdrawal is asked for already. Ask someone other than who asked to confirm it.',
        )
      const asked = { askedBy: by.subjectId, askedAt: at, reason, confirmedBy: null, confirmedAt: null }
      return { about: eventId, withdrawal: asked }
    },
  })
}

/** From then on no date uses the table. Refuses as CONFIRMING_REFUSALS says. */
export function confirmWithdrawal(
  store: TableStore,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
): Promise<Written<WrittenVersion>> {
  return takeStep(store, by, request, ref, {
    kind: 'calibration-table-withdrawn',
    place: 'approval',
    decide({ withdrawal }, at) {
      if (withdrawal === null)
        throw new Refusal(
          'withdrawal-not-asked',
          'Nobody has asked for this withdrawal. Ask for it first, with a reason.',
        )
      if (withdrawal.askedBy === by.subjectId)
        throw new Refusal('confirmer-asked', 'You asked for this withdrawal. Ask someone else to confirm it.')
      const { eventId: about, ...asked } = withdrawal
      return { about, withdrawal: { ...asked, confirmedBy: by.subjectId, confirmedAt: at } }
    },
  })
}

type Step = {
  readonly kind: Extract<EventKind, `calibration-table-withdraw${string}`>
  /** As what the event stands with the one that it is about. */
  readonly place: 'withdrawal' | 'approval'
  decide(table: StoredVersion, at: string): { readonly about: string; readonly withdrawal: Withdrawal }
}

const STEPS = { withdrawal: 'asked', approval: 'confirmed' } as const

function takeStep(
  { database, log }: TableStore,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  { kind, place, decide }: Step,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: ({ at }) =>
      database.asAuthority(by.authorityId, async (trx): Promise<Entry<VersionFacts>> => {
        const stored = publishedTable(await findVersion(trx, 'calibration-table', ref))
        const { about, withdrawal } = decide(stored, at)
        if (await hasPriced(trx, ref))
          throw new Refusal(
            'table-has-priced',
            'This table has priced an allocation. Publish a successor, then correct what it affects.',
          )
        const { key, version, revision, contentHash, draftedBy, draftedAt, warnings } = stored
        const { publishedBy, publishedAt, publication, document } = stored
        return {
          kind,
          about: { event: about, place },
          facts: {
            kind: 'calibration-table',
            ...{ key, version, revision, contentHash, draftedBy, draftedAt, warnings, ...publication },
            ...(publishedBy !== null && { publishedBy }),
            ...(publishedAt !== null && { publishedAt }),
            withdrawal,
          },
          content: document,
        }
      }),
    // Somebody else took the step, or an allocation was priced, a moment before.
    onRace: { event_place: 'again', OR005: 'again', OR006: 'again' },
    answer({ eventId, at, actor, facts, content }) {
      const { key, version, revision } = facts
      const text = versionText({ event: eventId, kind, at, actor, facts }, content ?? '')
      return { text, ref: { key, version }, revision, withdrawal: STEPS[place] }
    },
  })
}

function publishedTable(found: StoredVersion | null): StoredVersion {
  if (found === null) throw notFound()
  const status = statusOf(found)
  if (status === 'draft')
    throw new Refusal(
      'not-published',
      'This version is a draft, which prices nobody. Replace it, or leave it.',
    )
  if (status === 'withdrawn')
    throw new Refusal('already-withdrawn', 'This version is withdrawn already. Draft a new version.')
  return found
}
