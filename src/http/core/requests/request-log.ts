// A name for each request that both sides can quote: the caller's own, when it is one safe to log, else a new one.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import { hasNhsNumber } from '../../../domain/assessment/nhs-number.ts'

const SAFE = /^[A-Za-z0-9._-]{1,64}$/
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Fastify's `genReqId`: the X-Correlation-ID sent, or a new UUID. */
export function correlationId(request: IncomingMessage): string {
  const given = request.headers['x-correlation-id']
  return typeof given === 'string' && SAFE.test(given) && !hasNhsNumber(given) ? given : uuidv7()
}

export function registerCorrelation(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-correlation-id', request.id)
    const trace = request.headers.traceparent
    if (typeof trace === 'string' && TRACEPARENT.test(trace)) reply.header('traceparent', trace)
  })
}

/** One line of log a request: what was asked by its pattern and never by its address, how it ended, how long it took. */
export function registerRequestLog(app: FastifyInstance): void {
  // These few members are all there is to a line, so the second net under personal data has nothing to catch here.
  const log = app.log.child({}, { redact: [] })
  const told = new WeakSet<FastifyRequest>()
  function tell(request: FastifyRequest, status: number, elapsed?: number): void {
    if (told.has(request)) return
    told.add(request)
    const { id, method, routeOptions } = request
    const route = routeOptions.url ?? 'no such address'
    const ms = elapsed === undefined ? undefined : Math.round(elapsed * 10) / 10
    log[QUIET.has(route) && status < 400 ? 'debug' : 'info'](
      { correlationId: id, method, route, status, ms },
      'request',
    )
  }
  app.addHook('onResponse', async (request, reply) => tell(request, reply.statusCode, reply.elapsedTime))
  // Whoever breaks off has no answer; the log has their request all the same.
  app.addHook('onRequestAbort', async (request) => tell(request, BROKEN_OFF))
}

const BROKEN_OFF = 408

// Asked every few seconds by machines; only what goes wrong there is worth a line.
const QUIET: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics'])
