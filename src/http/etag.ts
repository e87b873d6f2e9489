// Entity tags: a stored thing's own version, so that a poll costs a header and an edit says what it was made from.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ENGINE_VERSION } from '../domain/allocation.ts'
import { Problem } from './problem.ts'

/** The tag of what is made from stored things on request: another release may make it otherwise. */
export function madeTag(release: string, ...from: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([release, ENGINE_VERSION, ...from]))
    .digest('base64url')
}

/** Whether the caller has this already. Sets the ETag; the caller of this sends 304 without a body when true. */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const etag = `"${tag}"`
  reply.header('etag', etag)
  const known = request.headers['if-none-match']
  return known !== undefined && (known === '*' || known.split(',').some((one) => strong(one.trim()) === etag))
}

/** The tag of If-Match. Refuses `if-match-missing` where there is none, or one that matches anything. */
export function requiredMatch(request: FastifyRequest): string {
  const given = request.headers['if-match']
  const [, tag] = /^(?:W\/)?"([^"]*)"$/.exec(given?.trim() ?? '') ?? []
  if (tag === undefined) {
    throw new Problem(
      'if-match-missing',
      'Send the ETag of the revision you saw as If-Match, quotes included.',
    )
  }
  return tag
}

// A proxy that compresses may have marked the tag as weak; what it names is the same.
function strong(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
