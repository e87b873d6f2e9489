// A published table is taken back: one person asks, with a reason, another confirms, and only while it has priced nobody.
// Both are additions. The table stays readable, and no date uses it any more.
import type { VersionRef } from '../../contract/documents/version.ts'
import type { EventKind } from '../../contract/event.ts'
import type { RefusalCode } from '../../contract/problems.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import type { Database } from '../../store/database.ts'
import { findVersion, type StoredVersion } from '../../store/documents.ts'
import type { Log } from '../../store/log.ts'
import { hasPriced, insertWithdrawal, type StoredWithdrawal } from '../../store/terms.ts'
import { type RequestKey, type Writer, type Written, writeOnce } from '../write-once.ts'
import type { WrittenVersion } from './revision.ts'
import { NO_FINDINGS, statusOf, versionView } from './version-view.ts'

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
    row: { asked: { reason } },
    decide({ withdrawal, eventId }, at, asking) {
      if (withdrawal !== null)
        throw new Refusal(
          'withdrawal-already-asked',
          'This withdrawal is asked for already. Ask someone other than who asked to confirm it.',
        )
      const asked = { askedBy: by.subjectId, askedAt: at, reason, confirmedBy: null, confirmedAt: null }
      return { about: eventId, withdrawal: { ...asked, eventId: asking } }
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
    row: 'approved',
    decide({ withdrawal }, at) {
      if (withdrawal === null)
        throw new Refusal(
          'withdrawal-not-asked',
          'Nobody has asked for this withdrawal. Ask for it first, with a reason.',
        )
      if (withdrawal.askedBy === by.subjectId)
        throw new Refusal('confirmer-asked', 'You asked for this withdrawal. Ask someone else to confirm it.')
      const confirmed = { ...withdrawal, confirmedBy: by.subjectId, confirmedAt: at }
      return { about: withdrawal.eventId, withdrawal: confirmed }
    },
  })
}

type Step = {
  readonly kind: Extract<EventKind, `calibration-table-withdraw${string}`>
  /** As what the event stands with the one that it is about. */
  readonly place: 'withdrawal' | 'approval'
  readonly row: Parameters<typeof insertWithdrawal>[4]
  decide(
    table: StoredVersion,
    at: string,
    eventId: string,
  ): { readonly about: string; readonly withdrawal: StoredWithdrawal }
}

const STEPS = { withdrawal: 'asked', approval: 'confirmed' } as const

function takeStep(
  { database, log }: TableStore,
  by: Writer,
  request: RequestKey,
  ref: VersionRef,
  { kind, place, row, decide }: Step,
): Promise<Written<WrittenVersion>> {
  return writeOnce(log, {
    by,
    request,
    first: 'fresh',
    decide: ({ at, eventId }) =>
      database.asAuthority(by.authorityId, async (trx) => {
        const stored = publishedTable(await findVersion(trx, 'calibration-table', ref))
        const { about, withdrawal } = decide(stored, at, eventId)
        if (await hasPriced(trx, ref))
          throw new Refusal(
            'table-has-priced',
            'This table has priced an allocation. Publish a successor, then correct what it affects.',
          )
        const { key, version, revision, contentHash } = stored
        const document = { kind: 'calibration-table', key, version, revision, contentHash } as const
        const { reason } = withdrawal
        return {
          kind,
          facts: { document, about: { event: about, place }, reason },
          body: JSON.stringify(versionView({ ...stored, withdrawal }, NO_FINDINGS)),
          rows: { insert: (inserting) => insertWithdrawal(inserting, by, eventId, ref, row, at) },
        }
      }),
    // Somebody else took the step, or an allocation was priced, a moment before.
    onRace: { table_withdrawal_pkey: 'again', OR006: 'again' },
    answer: ({ facts, body }) => {
      const { key, version, revision } = facts.document
      return { text: body, ref: { key, version }, revision, withdrawal: STEPS[place] }
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
