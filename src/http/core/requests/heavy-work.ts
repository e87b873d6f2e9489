// Work that takes much memory or time is let in a few at a time, and the next is told to come back before a byte of its
// body is read: what waited would only take more memory, and be answered too late.
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

/** Uploads of cohorts; and what reads a whole cohort or run: drawings, workbooks, exports, comparisons. */
export type HeavyWork = 'upload' | 'reading'

/** Lets requests in, so many at once. */
export type Gate = { readonly enter: onRequestAsyncHookHandler }

const inside = new WeakSet<FastifyRequest>()

export function gateFor(most: number): Gate {
  let taken = 0
  return {
    async enter(request, { raw }) {
      if (taken >= most) throw full()
      taken += 1
      inside.add(request)
      // With the last byte of the answer or, where nobody is left to hear it, with the connection.
      const leave = () => {
        raw.off('finish', leave).off('close', leave)
        taken -= 1
      }
      raw.once('finish', leave).once('close', leave)
    },
  }
}

/** Whether a request was let in as heavy work, which may take its time. */
export function isHeavy(request: FastifyRequest): boolean {
  return inside.has(request)
}

function full(): Refusal {
  return new Refusal(
    'busy',
    'The service is busy with other large work, and read none of this request. Resend it in a few seconds.',
    { headers: { 'retry-after': '5' } },
  )
}
