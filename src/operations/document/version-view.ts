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
      status: stored.state,
      revision: stored.revision,
      draftedBy: stored.draftedBy,
      draftedAt: stored.draftedAt,
      publishedBy: stored.publishedBy,
      publishedAt: stored.publishedAt,
      flags: stored.flags,
    },
    ...(stored.state === 'draft' ? { faults } : {}),
  }
}

/** The public's view: everything published, and not the names of those who published it. */
export function publicVersionView(stored: StoredVersion) {
  return {
    ...versionView(stored, []),
    lifecycle: { status: stored.state, publishedAt: stored.publishedAt, flags: stored.flags },
  }
}

/** The content as it is stored, without its key and number. */
export function contentOf<Content>(document: string): Content {
  const { key: _, version: _1, ...content } = versionOf<Content>(document)
  return content as Content
}

export function versionOf<Content>(document: string): VersionRef & Content {
  return JSON.parse(document) as VersionRef & Content
}
