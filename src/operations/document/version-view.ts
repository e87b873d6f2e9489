// A version as callers see it: its content, and beside it its life and what publication would refuse. The content hash
// covers key, version and content alone.

import type { VersionRef } from '../../contract/documents/version.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import type { Fault } from '../../contract/refusal.ts'
import type { Envelope } from '../../domain/log/event.ts'
import { type StoredVersion, type VersionFacts, versionIn } from '../../store/documents.ts'

/** What is found in a draft today; a published version has no faults, and the warnings of its publication. */
export type Findings = { readonly faults: readonly Fault[]; readonly warnings: readonly Warning[] }

export const NO_FINDINGS: Findings = { faults: [], warnings: [] }

/** What an event of a version is about. */
export type VersionEvent = Pick<Envelope<VersionFacts>, 'event' | 'kind' | 'at' | 'actor' | 'facts'>

/** A version as one of its events told it, from that event and its text alone. */
export function versionText(event: VersionEvent, document: string): string {
  const { faults = [], warnings, affected } = event.facts
  const stored = versionIn(event, document)
  return JSON.stringify({ ...versionView(stored, { faults, warnings }), ...(affected && { affected }) })
}

export function versionView(stored: StoredVersion, { faults, warnings }: Findings) {
  return {
    ...versionOf(stored.document),
    contentHash: stored.state === 'published' ? stored.contentHash : null,
    lifecycle: {
      status: statusOf(stored),
      revision: stored.revision,
      draftedBy: stored.draftedBy,
      draftedAt: stored.draftedAt,
      publishedBy: stored.publishedBy,
      publishedAt: stored.publishedAt,
      warnings: stored.warnings,
      withdrawal: withdrawalView(stored),
    },
    ...(stored.state === 'draft' ? { faults, warnings } : {}),
  }
}

/**
 * The public's view: everything published, and not the names of those who published or withdrew it. That a withdrawal
 * was asked for changes nothing, so the public hears of it once it is confirmed.
 */
export function publicVersionView(stored: StoredVersion) {
  const { publishedAt, warnings, withdrawal } = stored
  const status = statusOf(stored)
  return {
    ...versionView(stored, NO_FINDINGS),
    lifecycle: {
      status,
      publishedAt,
      warnings,
      withdrawal:
        status !== 'withdrawn' || withdrawal === null
          ? null
          : {
              reason: withdrawal.reason,
              askedAt: withdrawal.askedAt,
              confirmedAt: withdrawal.confirmedAt,
            },
    },
  }
}

export function statusOf(stored: StoredVersion): 'draft' | 'published' | 'withdrawn' {
  return withdrawalStep(stored) === 'confirmed' ? 'withdrawn' : stored.state
}

export type WithdrawalStep = 'asked' | 'confirmed'

/** How far a version is withdrawn; null where nobody has asked. */
export function withdrawalStep({ withdrawal }: StoredVersion): WithdrawalStep | null {
  if (withdrawal === null) return null
  return withdrawal.confirmedAt === null ? 'asked' : 'confirmed'
}

function withdrawalView({ withdrawal }: StoredVersion) {
  if (withdrawal === null) return null
  const { eventId: _, ...view } = withdrawal
  return view
}

/** The content as it is stored, without its key and number. */
export function contentOf<Content>(document: string): Content {
  const { key: _, version: _1, ...content } = versionOf<Content>(document)
  return content as Content
}

export function versionOf<Content>(document: string): VersionRef & Content {
  return JSON.parse(document) as VersionRef & Content
}
