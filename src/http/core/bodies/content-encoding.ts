// Bodies are read as they are sent: a compressed one is refused by name, before any of it is read.
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

export function registerContentEncoding(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers, routeOptions }) => {
    const encoding = headers['content-encoding']
    if (encoding === undefined || /^\s*identity\s*$/i.test(encoding)) return
    if (routeOptions.schema?.body === undefined) return
    throw new Refusal(
      'content-encoding-unsupported',
      'Found a Content-Encoding other than identity. Send the body uncompressed, without that header.',
    )
  })
}
