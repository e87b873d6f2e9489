// The one body parser: bytes as they are sent, never compressed, to strictly read JSON. Every resource that takes a body
// uses it.
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import { sharedSchemas } from '../openapi/shared-schemas.ts'
import type { FormSchema } from './schema-words.ts'
import { parseStrictJson } from './strict-json.ts'

const BODY_LIMIT = 256 * 1024

export function registerJsonBody(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers, routeOptions }) => {
    const encoding = headers['content-encoding']
    if (encoding === undefined || /^\s*identity\s*$/i.test(encoding)) return
    if (routeOptions.schema?.body === undefined) return
    throw new Refusal(
      'content-encoding-unsupported',
      'Found a Content-Encoding other than identity. Send the body uncompressed, without that header.',
    )
  })
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

// Bodies in which nothing is required may be left out: that means the same as sending {}.
const NOTHING_REQUIRED: ReadonlySet<string> = new Set(
  sharedSchemas
    .map((schema) => schema as FormSchema & { readonly $id?: string })
    .filter(({ type, required = [] }) => type === 'object' && required.length === 0)
    .map(({ $id }) => `${$id}#`),
)

/** Whether a route that has this schema of its body can be asked without one. */
export function mayBeAbsent(schema: unknown): boolean {
  return NOTHING_REQUIRED.has((schema as FormSchema | undefined)?.$ref ?? '')
}
