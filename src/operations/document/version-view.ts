// A version as callers see it: its content, and beside it its life and what publication would refuse. The content hash
// covers key, version and content alone.

import type { VersionRef } from '../../contract/documents/version.ts'
import type { Fault } from '../../contract/refusal.ts'
import type { StoredVersion } from '../../store/documents.ts'

/** `faults` are those of a draft, of which a published version has none. */
export function versionView(stored: StoredVersion, faults: readonly Fault[]) {
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
      flags: stored.flags,
      withdrawal: withdrawalView(stored),
    },
    ...(stored.state === 'draft' ? { faults } : {}),
  }
}

/**
 * The public's view: everything published, and not the names of those who published or withdrew it. That a withdrawal
 * was asked for changes nothing, so the public hears of it once it is confirmed.
 */
export function publicVersionView(stored: StoredVersion) {
  const { publishedAt, flags, withdrawal } = stored
  const status = statusOf(stored)
  return {
    ...versionView(stored, []),
    lifecycle: {
      status,
      publishedAt,
      flags,
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
