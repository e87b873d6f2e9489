// The resources of a kind of document: the same for questionnaires and calibration tables.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { named, OneOf } from '../../contract/primitives.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import type { MatchesRevision } from '../../operations/document/document-revision.ts'
import type { DocumentRules } from '../../operations/document/document-rules.ts'
import { draftFaults } from '../../operations/document/draft-faults.ts'
import { draftVersion } from '../../operations/document/draft-version.ts'
import { publishVersion } from '../../operations/document/publish-version.ts'
import { replaceDraft } from '../../operations/document/replace-draft.ts'
import { versionView } from '../../operations/document/version-view.ts'
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
import { decodeCursor, linked, pageOf } from '../core/requests/paging.ts'
import { requestKeyOf } from '../core/requests/request-key.ts'
import { PublicationBody, VersionPage, VersionParams } from './schema.ts'
import { revisionTag, sendVersion } from './send-version.ts'

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
  context: Context,
  { rules, path, tag, noun, name, draft, version }: DocumentResource<Content>,
): FastifyPluginAsyncTypebox {
  const { database, allow } = context
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
        const requestKey = requestKeyOf(request, 201)
        const { key, content } = sentIn<Content>(request.body)
        const drafted = await draftVersion(context, rules, callerOf(request), requestKey, key, content)
        return sendVersion(reply, path, drafted)
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
        if (isUnchanged(request, reply, revisionTag(stored.revision))) return reply.code(304).send()
        return versionView(stored, await draftFaults(database, rules, callerOf(request).authorityId, stored))
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
        const { params } = request
        const { key, content } = sentIn<Content>(request.body)
        sameKey(params.key, key)
        const matches = matchOf(request)
        const replaced = await replaceDraft(context, rules, callerOf(request), params, content, matches)
        return sendVersion(reply, null, replaced)
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
        const key = requestKeyOf(request, 201)
        const { params } = request
        const matches = matchOf(request)
        const published = await publishVersion(context, rules, callerOf(request), key, params, matches)
        return sendVersion(reply, path, published)
      },
    )
  }
}

// A body that was validated against the draft's schema, whose type is this.
function sentIn<Content>(body: unknown): { readonly key: string; readonly content: Content } {
  const { key, ...content } = body as Content & { readonly key: string }
  return { key, content: content as Content }
}

function sameKey(addressed: string, sent: string): void {
  if (addressed === sent) return
  const detail = `The body says "${sent}" and the address "${addressed}". A version keeps its key.`
  const faults = [{ pointer: '/key', code: 'value-not-allowed', detail } as const]
  throw new Refusal('request-invalid', 'The body has 1 fault; errors[] lists it.', { faults })
}

function matchOf(request: FastifyRequest): MatchesRevision {
  const match = requiredMatch(request)
  return (revision) => match(revisionTag(revision))
}
