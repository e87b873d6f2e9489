// The one body parser: length, then bytes to strictly read JSON. Every resource that takes a body uses it.
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import { mayBeAbsent } from './optional-body.ts'
import { parseStrictJson } from './strict-json.ts'

export const BODY_LIMIT = 256 * 1024

export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/json(\s*;\s*charset="?utf-8"?)?\s*$/i,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    ({ routeOptions }, bytes, done) => {
      if (bytes.length === 0 && mayBeAbsent(routeOptions.schema?.body)) return done(null, undefined)
      const read = parseStrictJson(bytes as Buffer)
      if (read.ok) return done(null, read.value)
      done(
        new Refusal('body-malformed', 'The body cannot be read. Fix everything in errors[] and resend.', {
          faults: read.faults,
        }),
      )
    },
  )
}
