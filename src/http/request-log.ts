// One line of log a request: what was asked by its pattern and never by its address, how it ended, how long it took.
import type { FastifyInstance } from 'fastify'

export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const route = routeOptions.url ?? 'no such address'
    const quiet = QUIET.has(route) && reply.statusCode < 400
    const line = { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 }
    request.log[quiet ? 'debug' : 'info'](line, 'request')
  })
}

// Asked every few seconds by machines; only what goes wrong there is worth a line.
const QUIET: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics'])
