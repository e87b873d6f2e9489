// A name for each request that both sides can quote: the caller's own, when it is one safe to log, else a new one.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'

const SAFE = /^[A-Za-z0-9._-]{1,64}$/
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Fastify's `genReqId`: the X-Correlation-ID sent, or a new UUID. */
export function correlationId(request: IncomingMessage): string {
  const given = request.headers['x-correlation-id']
  return typeof given === 'string' && SAFE.test(given) ? given : uuidv7()
}

export function registerCorrelation(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-correlation-id', request.id)
    const trace = request.headers.traceparent
    if (typeof trace === 'string' && TRACEPARENT.test(trace)) reply.header('traceparent', trace)
  })
}
