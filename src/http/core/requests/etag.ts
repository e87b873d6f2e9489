// Entity tags: a stored thing's own version, so that a poll costs a header and an edit says what it was made from.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import { ENGINE_VERSION } from '../../../domain/allocation/allocation.ts'

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

/** Whether a tag is among those that If-Match names. */
export type Match = (tag: string) => boolean

/** What If-Match asks for. Refuses `if-match-missing` where there is none, or none that says what was seen. */
export function requiredMatch(request: FastifyRequest): Match {
  const given = request.headers['if-match']?.trim()
  if (given === undefined || !LIST.test(given)) {
    const detail = `${foundIn(given)}; expected the ETag of the revision that you saw, with its quotes. Fetch the draft and send its ETag as If-Match.`
    throw new Refusal('if-match-missing', detail)
  }
  const tags = given.split(',').map((one) => strong(one.trim()))
  return (tag) => tags.includes(`"${tag}"`)
}

const TAG = '(?:W/)?"[^",]*"'
const LIST = new RegExp(`^${TAG}(?:\\s*,\\s*${TAG})*$`)

function foundIn(given: string | undefined): string {
  if (given === undefined || given === '') return 'There is no If-Match'
  if (given === '*') return 'If-Match is *, which does not say what you saw'
  return given.includes('"') ? 'If-Match is not one ETag or a list of them' : 'If-Match has no quotes'
}

// A proxy that compresses may have marked the tag as weak; what it names is the same.
function strong(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
