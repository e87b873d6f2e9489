// Once, however often it is sent: what a request claims with its Idempotency-Key, and what its retry is answered.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import { requestFingerprint } from '../../../domain/log/event.ts'
import type { Claim, StoredRequest } from '../../../store/events.ts'
import { callerOf } from '../credentials/caller.ts'

export type RequestClaim = {
  /** The claim as the store keeps it; `nonce` is the one that the event's payload will carry. */
  with(nonce: Buffer): Claim
  /** The stored request, if this is its retry. Refuses another request under the same key. */
  recognise(stored: StoredRequest): StoredRequest & { readonly body: string }
  readonly clientId: string
  readonly key: string
}

const FORM = /^[\x21-\x7e]{1,200}$/

/**
 * Reads the claim of a request. Refuses `idempotency-key-missing`, also for a key that has not the form of one.
 * `content` is what a retry must repeat: the body, unless that is a stream.
 */
export function claimOf(
  request: FastifyRequest,
  status: number,
  content: unknown = request.body ?? null,
): RequestClaim {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !FORM.test(key)) {
    const found = key === undefined ? 'There is no Idempotency-Key' : 'The Idempotency-Key is not valid'
    throw new Refusal(
      'idempotency-key-missing',
      `${found}; expected 1 to 200 visible ASCII characters. Use a new key for each new request.`,
    )
  }
  const { clientId } = callerOf(request)
  // An address with a slash after it is the same address.
  const path = (request.url.split('?', 1)[0] ?? '').replace(/\/$/, '')
  const fingerprint = (nonce: Buffer) =>
    requestFingerprint(nonce, request.method, path, [request.headers['if-match'] ?? null, content])
  return {
    clientId,
    key,
    with: (nonce) => ({ clientId, idempotencyKey: key, fingerprint: fingerprint(nonce), status }),
    recognise(stored) {
      if (stored.body === null || stored.nonce === null) {
        throw new Refusal(
          'erased-under-policy',
          'What this request created was erased under the retention policy and cannot be recovered.',
        )
      }
      if (!stored.fingerprint.equals(fingerprint(stored.nonce))) {
        throw new Refusal(
          'idempotency-key-reused',
          'This Idempotency-Key was used for another request. Use a new key for this one.',
        )
      }
      return { ...stored, body: stored.body }
    },
  }
}
