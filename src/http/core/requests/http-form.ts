// HTTP that Node would let pass: versions that nobody speaks, and a Host that two readers could take for two hosts
// (RFC 9112, 3.2). Whoever sends it is told, and the connection is closed.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

export function registerHttpForm(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { httpVersionMajor: major, httpVersionMinor: minor } = raw
    if (major !== 1 || minor > 1) throw refusal('The request is in another version of HTTP. Use HTTP/1.1.')
    if (hostLines(raw) > 1) throw refusal('The request has more than one Host line. Send one.')
  })
}

function refusal(detail: string): Refusal {
  return new Refusal('request-invalid', detail, { headers: { connection: 'close' } })
}

// Node keeps the first and drops the others.
function hostLines({ rawHeaders }: IncomingMessage): number {
  let lines = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') lines += 1
  }
  return lines
}
