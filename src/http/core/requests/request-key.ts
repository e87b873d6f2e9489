// The Idempotency-Key of a request, with what a retry must repeat. What comes of it is told in operations/write-once.ts.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import type { RequestKey } from '../../../operations/write-once.ts'

const FORM = /^[\x21-\x7e]{1,200}$/

/**
 * Refuses `idempotency-key-missing`, also for a key that has not the form of one. `content` is what a retry must
 * repeat: the body, unless that is a stream.
 */
export function requestKeyOf(request: FastifyRequest, content: unknown = request.body ?? null): RequestKey {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !FORM.test(key)) {
    const found = key === undefined ? 'There is no Idempotency-Key' : 'The Idempotency-Key is not valid'
    throw new Refusal(
      'idempotency-key-missing',
      `${found}; expected 1 to 200 visible ASCII characters. Use a new key for each new request.`,
    )
  }
  // An address with a slash after it is the same address.
  const path = (request.url.split('?', 1)[0] ?? '').replace(/\/$/, '')
  const { method } = request
  return { key, method, path, content: [request.headers['if-match'] ?? null, content] }
}
