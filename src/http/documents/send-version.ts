// How a revision that was written is answered: its representation, its ETag and, where it is new, its address.
import type { FastifyReply } from 'fastify'
import type { WrittenVersion } from '../../operations/document/document-revision.ts'
import type { Written } from '../../operations/write-once.ts'

/** The tag of a revision: edits count up, so it changes with every one of them. */
export function revisionTag(revision: number): string {
  return `r${revision}`
}

/** Answers a version that was created, under the path of its kind, or replaced: then `path` is null. */
export function sendVersion(
  reply: FastifyReply,
  path: string | null,
  { answer: { text, ref, revision }, replayed }: Written<WrittenVersion>,
): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true')
  if (path !== null) reply.code(201).header('location', `/v1/${path}/${ref.key}/versions/${ref.version}`)
  return reply
    .header('etag', `"${revisionTag(revision)}"`)
    .type('application/json')
    .send(text)
}
