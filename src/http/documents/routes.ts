// The resources of a kind of document: the same for questionnaires and calibration tables.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { named, OneOf } from '../../contract/primitives.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { today } from '../../operations/day-in-england.ts'
import { findVersion, listVersions } from '../../store/documents.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { READING_DOCUMENTS } from '../core/credentials/scopes.ts'
import {
  created,
  creating,
  creatingMatching,
  matching,
  ok,
  okOrUnchanged,
} from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged, requiredMatch } from '../core/requests/etag.ts'
import { claimOf } from '../core/requests/idempotency.ts'
import { decodeCursor, linked, pageOf } from '../core/requests/paging.ts'
import { type DocumentRules, draftVersion, publishVersion, replaceDraft } from './lifecycle.ts'
import { etagOf, representation } from './representation.ts'
import { PublicationBody, VersionPage, VersionParams } from './schema.ts'
import type { Written } from './write-revision.ts'

export type DocumentResource<Content extends object> = {
  readonly rules: DocumentRules<Content>
  readonly path: string
  readonly tag: string
  /** What one is called in a sentence: "questionnaire". */
  readonly noun: string
  /** What one is called in operationIds, and so in generated clients. */
  readonly name: string
  /** Its static type is the content with its key. */
  readonly draft: TSchema
  readonly version: TSchema
}

export const ListQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    status: Type.Optional(OneOf('published', 'any')),
  },
  { additionalProperties: false },
)

export const VERSION_PLACE = [/^[a-z][a-z0-9_-]{0,63}$/, /^[0-9]{1,7}$/]

export function documentRoutes<Content extends object>(
  { database, allow }: Context,
  { rules, path, tag, noun, name, draft, version }: DocumentResource<Content>,
): FastifyPluginAsyncTypebox {
  // Validated against the draft's schema, whose type is this.
  type Sent = Content & { readonly key: string }
  return async (app) => {
    app.post(
      '/',
      {
        onRequest: allow('tables:draft'),
        schema: {
          tags: [tag],
          summary: `Draft a new version of a ${noun}`,
          operationId: `draft${name}`,
          headers: creating,
          body: named(draft),
          response: created(named(version)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 201)
        const written = await draftVersion(database, rules, callerOf(request), request.body as Sent, claim)
        return sendWritten(reply.code(201).header('location', addressOf(path, written)), written)
      },
    )

    app.get(
      '/',
      {
        onRequest: allow(...READING_DOCUMENTS),
        schema: {
          tags: [tag],
          summary: `List the versions of every ${noun}`,
          operationId: `list${name}s`,
          querystring: ListQuery,
          response: ok(named(VersionPage)),
        },
      },
      async (request, reply) => {
        const { limit, cursor, status = 'any' } = request.query
        const listing = { list: path, status }
        const place = decodeCursor(cursor, VERSION_PLACE, listing)
        const after = place === null ? null : { key: place[0] ?? '', version: Number(place[1]) }
        const rows = await database.asAuthority(callerOf(request).authorityId, (trx) =>
          listVersions(trx, rules.kind, { publishedOnly: status === 'published', after, limit: limit + 1 }),
        )
        return linked(
          request,
          reply,
          pageOf(rows, limit, (row) => [row.key, row.version], listing),
        )
      },
    )

    app.get(
      '/:key/versions/:version',
      {
        onRequest: allow(...READING_DOCUMENTS),
        schema: {
          tags: [tag],
          summary: `One version of a ${noun}`,
          operationId: `get${name}`,
          params: VersionParams,
          response: okOrUnchanged(named(version)),
        },
      },
      async (request, reply) => {
        const stored = await database.asAuthority(callerOf(request).authorityId, (trx) =>
          findVersion(trx, rules.kind, request.params),
        )
        if (stored === null) throw notFound()
        return isUnchanged(request, reply, etagOf(stored)) ? reply.code(304).send() : representation(stored)
      },
    )

    app.put(
      '/:key/versions/:version',
      {
        onRequest: allow('tables:draft'),
        schema: {
          tags: [tag],
          summary: `Replace a draft of a ${noun}`,
          operationId: `replace${name}`,
          params: VersionParams,
          headers: matching,
          body: named(draft),
          response: ok(named(version)),
        },
      },
      async (request, reply) => {
        const sent = request.body as Sent
        sameKey(request.params.key, sent.key)
        const written = await replaceDraft(
          database,
          rules,
          callerOf(request),
          request.params,
          sent,
          requiredMatch(request),
        )
        return sendWritten(reply, written)
      },
    )

    app.post(
      '/:key/versions/:version/publication',
      {
        onRequest: allow('tables:publish'),
        schema: {
          tags: [tag],
          summary: `Publish a version of a ${noun}; from then on it never changes`,
          operationId: `publish${name}`,
          params: VersionParams,
          headers: creatingMatching,
          body: named(PublicationBody),
          response: created(named(version)),
        },
      },
      async (request, reply) => {
        const claim = claimOf(request, 201)
        const written = await publishVersion(
          database,
          rules,
          callerOf(request),
          request.params,
          requiredMatch(request),
          claim,
          today(),
        )
        return sendWritten(reply.code(201).header('location', addressOf(path, written)), written)
      },
    )
  }
}

function sameKey(addressed: string, sent: string): void {
  if (addressed === sent) return
  const detail = `The body says "${sent}" and the address "${addressed}". A version keeps its key.`
  const faults = [{ pointer: '/key', code: 'value-not-allowed', detail } as const]
  throw new Refusal('request-invalid', 'The body has 1 fault; errors[] lists it.', { faults })
}

function addressOf(path: string, { ref: { key, version } }: Written): string {
  return `/v1/${path}/${key}/versions/${version}`
}

function sendWritten(reply: FastifyReply, { text, etag, replayed }: Written): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true')
  return reply.header('etag', `"${etag}"`).type('application/json').send(text)
}
