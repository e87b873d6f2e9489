// A version as callers see it: its content, and its life beside it. The content hash covers key, version and content.
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import type { StoredVersion } from '../../store/documents.ts'

export function representation(
  stored: StoredVersion,
): VersionRef & { readonly contentHash: string | null; readonly lifecycle: object } {
  const content = JSON.parse(stored.document) as VersionRef
  return {
    ...content,
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
  }
}

/** The public's view: everything published, and not the names of those who published it. */
export function publicRepresentation(stored: StoredVersion) {
  return {
    ...representation(stored),
    lifecycle: { status: stored.state, publishedAt: stored.publishedAt, flags: stored.flags },
  }
}

/** The tag of a revision: edits count up, so it changes with every one of them. */
export function etagOf({ revision }: { readonly revision: number }): string {
  return `r${revision}`
}
