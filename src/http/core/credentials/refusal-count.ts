// Counts the credentials refused to an address, so that whoever tries one after another is told to stop, and the log of
// refusals is no place to write what one likes.
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

/** Counts one more refusal of the request's address: the refusal to answer with instead once there were too many. */
export type RefusalCount = (request: FastifyRequest) => Promise<Refusal | null>

const PAUSE_SECONDS = 60

/** Registers the counter on `app`; each replica counts in its own memory. */
export async function refusalCount(app: FastifyInstance, mostPerMinute: number): Promise<RefusalCount> {
  await app.register(rateLimit, {
    global: false,
    max: mostPerMinute,
    timeWindow: PAUSE_SECONDS * 1000,
    // Whoever goes on meanwhile waits a whole minute more.
    continueExceeding: true,
  })
  const counted = app.createRateLimit()
  return async (request) => {
    const { isAllowed, ...count } = await counted(request)
    return !isAllowed && 'isExceeded' in count && count.isExceeded ? tooMany(mostPerMinute) : null
  }
}

function tooMany(mostPerMinute: number): Refusal {
  return new Refusal(
    'rate-limited',
    `This address sent more than ${mostPerMinute} wrong credentials in a minute. Wait ${PAUSE_SECONDS} seconds, then send the right one.`,
    { headers: { 'retry-after': String(PAUSE_SECONDS) } },
  )
}
