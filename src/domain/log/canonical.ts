// One canonical form before any hash (RFC 8785), and the hashes that commit to it. Published documents, stored
// requests and log events all pass through here, so that an outsider can recompute every hash with standard tools.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The RFC 8785 text of a JSON value. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('only JSON values have a canonical form')
  return text
}

/** The hash published beside a version: `sha256:` and 64 hexadecimal digits over its canonical bytes. */
export function contentHash(canonicalText: string | Uint8Array): string {
  return `sha256:${sha256Of(NOTHING, canonicalText).toString('hex')}`
}

/** The RFC 6962 leaf hash of an event's canonical envelope: SHA-256 over a zero byte and the envelope. */
export function leafHash(envelope: string): Buffer {
  return sha256Of(LEAF_PREFIX, envelope)
}

/** The salt of one part of a payload: whoever is shown it and the part can check that part, and learns nothing of others. */
export function saltOf(nonce: Buffer, part: string): Buffer {
  return sha256Of(nonce, part)
}

/** What an envelope says of a part of its payload, so that the part can be erased, or shown alone. */
export function commitment(salt: Buffer, text: string | Uint8Array): string {
  return sha256Of(salt, text).toString('hex')
}

/** SHA-256 of a prefix and a text's UTF-8 bytes, which may be given as they are. */
export function sha256Of(prefix: Buffer, text: string | Uint8Array): Buffer {
  return createHash('sha256').update(prefix).update(text).digest()
}

const NOTHING = Buffer.alloc(0)
const LEAF_PREFIX = Buffer.of(0)
