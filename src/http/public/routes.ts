// What anybody may read and try, without a credential: everything an authority has published, the exact bytes that
// its hashes cover, and the sum itself. Nothing is stored, and answers never stand in a URL.
import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { termInForce } from '../../domain/in-force.ts'
import type { VersionRef } from '../../domain/questionnaire.ts'
import { priceAssessment } from '../../operations/price-assessment.ts'
import type { Transaction } from '../../store/database.ts'
import {
  type DocumentKind,
  findVersion,
  listTerms,
  listVersions,
  type StoredVersion,
} from '../../store/documents.ts'
import { calibrationTables } from '../calibration-tables/routes.ts'
import { InForceQuery } from '../calibration-tables/schema.ts'
import type { Context } from '../context.ts'
import { publicRepresentation } from '../documents/representation.ts'
import { ListQuery, VERSION_PLACE } from '../documents/routes.ts'
import { VersionPage } from '../documents/schema.ts'
import { Estimate, EstimateIntake } from '../estimates/schema.ts'
import { isUnchanged } from '../etag.ts'
import { decodeCursor, nextLink, pageOf } from '../paging.ts'
import { AUTHORITY_PATTERN, Key, named, Version } from '../primitives.ts'
import { notFound, Problem } from '../problem.ts'
import { questionnaires } from '../questionnaires/routes.ts'
import { ok, okOrUnchanged } from '../responses.ts'
import { PublicCalibrationTable, PublicQuestionnaire } from './schema.ts'

const tags = ['public']
const AuthorityParams = Type.Object({
  authority: Type.String({ pattern: AUTHORITY_PATTERN, maxLength: 63 }),
})
const VersionParams = Type.Object({ ...AuthorityParams.properties, key: Key, version: Version })
const PublicListQuery = Type.Omit(ListQuery, ['status'], { additionalProperties: false })

export function publicRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(publishedRoutes(context, questionnaires, PublicQuestionnaire), {
      prefix: '/questionnaires',
    })
    await app.register(publishedRoutes(context, calibrationTables, PublicCalibrationTable), {
      prefix: '/calibration-tables',
    })
    await app.register(inForceRoute(context), { prefix: '/calibration-tables' })
    await app.register(publicEstimate(context), { prefix: '/estimates' })
  }
}

type Published = {
  readonly rules: { readonly kind: DocumentKind }
  readonly noun: string
  readonly name: string
}

function publishedRoutes(
  { database }: Context,
  { rules, noun, name }: Published,
  schema: typeof PublicQuestionnaire | typeof PublicCalibrationTable,
): FastifyPluginAsyncTypebox {
  const { kind } = rules
  const listing = { list: `public ${kind}` }
  const find = async (authority: string, ref: VersionRef) =>
    database.asAuthority(authority, (trx) => findPublishedVersion(trx, kind, ref))
  return async (app) => {
    app.get(
      '/',
      {
        schema: {
          tags,
          security: [],
          summary: `List every published ${noun}`,
          operationId: `listPublic${name}s`,
          params: AuthorityParams,
          querystring: PublicListQuery,
          response: ok(named(VersionPage)),
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query
        const place = decodeCursor(cursor, VERSION_PLACE, listing)
        const after = place === null ? null : { key: place[0] ?? '', version: Number(place[1]) }
        const rows = await database.asAuthority(request.params.authority, (trx) =>
          listVersions(trx, kind, { publishedOnly: true, after, limit: limit + 1 }),
        )
        const page = pageOf(rows, limit, (row) => [row.key, row.version], listing)
        if (page.nextCursor !== null) reply.header('link', nextLink(request.url, page.nextCursor))
        return page
      },
    )

    app.get(
      '/:key/versions/:version',
      {
        schema: {
          tags,
          security: [],
          summary: `A published ${noun}`,
          operationId: `getPublic${name}`,
          params: VersionParams,
          response: okOrUnchanged(named(schema)),
        },
      },
      async (request, reply) => {
        const stored = await find(request.params.authority, request.params)
        return isUnchanged(request, reply, stored.contentHash)
          ? reply.code(304).send()
          : publicRepresentation(stored)
      },
    )

    app.get(
      '/:key/versions/:version/canonical',
      {
        schema: {
          tags,
          security: [],
          summary: `The exact bytes that the content hash of a published ${noun} covers`,
          operationId: `getPublicCanonical${name}`,
          params: VersionParams,
          response: okOrUnchanged(Type.Object({}, { description: 'RFC 8785 canonical JSON.' })),
        },
      },
      async (request, reply) => {
        const stored = await find(request.params.authority, request.params)
        if (isUnchanged(request, reply, `${stored.contentHash}.canonical`)) return reply.code(304).send()
        return reply.type('application/json').send(stored.document)
      },
    )
  }
}

async function findPublishedVersion(
  trx: Transaction,
  kind: DocumentKind,
  ref: VersionRef,
): Promise<StoredVersion> {
  const stored = await findVersion(trx, kind, ref)
  if (stored?.state !== 'published') throw notFound()
  return stored
}

function inForceRoute({ database }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/in-force',
      {
        schema: {
          tags,
          security: [],
          summary: 'The published calibration table that an assessment of a date would use',
          operationId: 'getPublicCalibrationTableInForce',
          params: AuthorityParams,
          querystring: InForceQuery,
          response: ok(named(PublicCalibrationTable)),
        },
      },
      (request) =>
        database.asAuthority(request.params.authority, async (trx) => {
          const term = termInForce(await listTerms(trx, request.query.questionnaire), request.query.on)
          return publicRepresentation(await findPublishedVersion(trx, 'calibration-table', term.table))
        }),
    )
  }
}

function publicEstimate({ published, publicEstimatesPerMinute }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(rateLimit, {
      max: publicEstimatesPerMinute,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { after }) =>
        new Problem(
          'rate-limited',
          `More than ${publicEstimatesPerMinute} estimates in a minute. Try again in ${after}.`,
        ),
    })
    app.post(
      '/',
      {
        schema: {
          tags,
          security: [],
          summary: 'Compute what answers would be allocated; nothing is stored',
          operationId: 'estimatePublicly',
          params: AuthorityParams,
          body: named(EstimateIntake),
          response: ok(named(Estimate)),
        },
      },
      async (request) => {
        const result = await priceAssessment(published, request.params.authority, request.body, 'fresh')
        return { currency: 'GBP' as const, ...result }
      },
    )
  }
}
