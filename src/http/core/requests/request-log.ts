// One line of log a request: what was asked by its pattern and never by its address, how it ended, how long it took.
import type { FastifyInstance } from 'fastify'

export function registerRequestLog(app: FastifyInstance): void {
  // These few members are all there is to a line, so the second net under personal data has nothing to catch here.
  const log = app.log.child({}, { redact: [] })
  app.addHook('onResponse', async ({ id, method, routeOptions }, reply) => {
    const route = routeOptions.url ?? 'no such address'
    const { statusCode: status } = reply
    const ms = Math.round(reply.elapsedTime * 10) / 10
    log[QUIET.has(route) && status < 400 ? 'debug' : 'info'](
      { correlationId: id, method, route, status, ms },
      'request',
    )
  })
}

// Asked every few seconds by machines; only what goes wrong there is worth a line.
const QUIET: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics'])
