// What anybody may read and try, without a credential: everything an authority has published, the exact bytes that
// its hashes cover, and the sum itself. Nothing is stored, and answers never stand in a URL.

import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Estimate } from '../../contract/allocation/allocation.ts'
import { EstimateIntake } from '../../contract/allocation/assessment.ts'
import { InForceQuery, PublicCalibrationTable } from '../../contract/documents/calibration-table.ts'
import { PublicQuestionnaire } from '../../contract/documents/questionnaire.ts'
import { PublicVersionQuery, VersionPage, type VersionRef } from '../../contract/documents/version.ts'
import { AUTHORITY_PATTERN, Key, Version } from '../../contract/primitives.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { termInForce } from '../../domain/table/in-force.ts'
import { PRICING_REFUSALS, priceAssessment } from '../../operations/assessment/price-assessment.ts'
import { readReport } from '../../operations/document/read-report.ts'
import { publicVersionView, statusOf } from '../../operations/document/version-view.ts'
import type { Transaction } from '../../store/database.ts'
import {
  type DocumentKind,
  findVersion,
  hasPublished,
  listVersions,
  type StoredVersion,
} from '../../store/documents.ts'
import { listTerms } from '../../store/terms.ts'
import { nameOptions } from '../assessments/named-options.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson } from '../core/requests/answers.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { linkedPage } from '../core/requests/paging.ts'
import { calibrationTables } from '../documents/calibration-tables.ts'
import { knownBy } from '../documents/in-force.ts'
import { questionnaires } from '../documents/questionnaires.ts'
import { REPORTS, sendReport } from '../documents/reports.ts'
import { type DocumentResource, refIn, VERSIONS } from '../documents/routes.ts'
import { publicLogRoutes } from '../log/public-log.ts'

const AuthorityParams = Type.Object({
  authority: Type.String({
    pattern: AUTHORITY_PATTERN,
    maxLength: 63,
    expected: 'an authority of 2 to 63 lower-case letters, digits and hyphens, the first a letter',
  }),
})
const VersionParams = Type.Object({ ...AuthorityParams.properties, key: Key, version: Version })

export function publicRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(publishedRoutes(context, questionnaires, PublicQuestionnaire), {
      prefix: '/questionnaires',
    })
    await app.register(publishedRoutes(context, calibrationTables, PublicCalibrationTable), {
      prefix: '/calibration-tables',
    })
    await app.register(inForceRoute(context), { prefix: '/calibration-tables' })
    await app.register(reportRoutes(context), { prefix: '/calibration-tables' })
    await app.register(publicEstimate(context), { prefix: '/estimates' })
    await app.register(publicLogRoutes(context, AuthorityParams), { prefix: '/log' })
  }
}

type Published = Pick<DocumentResource<object>, 'noun' | 'name'> & {
  readonly rules: { readonly kind: DocumentKind }
}

function publishedRoutes(
  context: Context,
  { rules, noun, name }: Published,
  schema: typeof PublicQuestionnaire | typeof PublicCalibrationTable,
): FastifyPluginAsyncTypebox {
  const { database } = context
  const { kind } = rules
  const find = async (authority: string, ref: VersionRef) =>
    database.asAuthority(authority, (trx) => findPublishedVersion(trx, kind, ref))
  return async (app) => {
    app.get(
      '/',
      operation(context, {
        id: `listPublic${name}s`,
        scope: null,
        tag: 'public',
        summary: `List every published ${noun}`,
        description: `Lists the versions that an authority has published, without a credential. Withdrawn tables stay in it, and drafts are never shown.`,
        params: AuthorityParams,
        query: PublicVersionQuery,
        answers: ok(VersionPage),
        refuses: ['not-found'],
      }),
      (request, reply) => {
        reply.header('cache-control', FOR_A_MINUTE)
        return linkedPage(request, reply, {
          ...VERSIONS,
          listing: { list: `public ${kind}` },
          read: (after, most) =>
            database.asAuthority(request.params.authority, async (trx) => {
              const found = await listVersions(trx, kind, 'ever published', refIn(after), most)
              if (found.length === 0) await refuseUnpublished(trx)
              return found
            }),
        })
      },
    )

    app.get(
      '/:key/versions/:version',
      operation(context, {
        id: `getPublic${name}`,
        scope: null,
        tag: 'public',
        summary: `A published ${noun}`,
        description: `Returns a published version with the hash of its content, which never changes. A table may be withdrawn later, which lifecycle tells.`,
        params: VersionParams,
        answers: okOrUnchanged(schema),
        refuses: ['not-found'],
      }),
      async (request, reply) => {
        const stored = await find(request.params.authority, request.params)
        // A table may be withdrawn later.
        return sendPublished(request, reply, stored, kind === 'questionnaire' ? FOR_EVER : FOR_A_MINUTE)
      },
    )

    app.get(
      '/:key/versions/:version/canonical',
      operation(context, {
        id: `getPublicCanonical${name}`,
        scope: null,
        tag: 'public',
        summary: `The exact bytes that the content hash of a published ${noun} covers`,
        description:
          'Returns the bytes that contentHash is the SHA-256 of (RFC 8785), so that anybody can check it.',
        params: VersionParams,
        answers: okOrUnchanged(
          Type.Object({}, { description: 'RFC 8785 canonical JSON.', additionalProperties: true }),
        ),
        refuses: ['not-found'],
      }),
      async (request, reply) => {
        const stored = await find(request.params.authority, request.params)
        reply.header('cache-control', FOR_EVER)
        if (isUnchanged(request, reply, `${stored.contentHash}.canonical`)) return reply.code(304).send()
        return sendJson(reply, stored.document)
      },
    )
  }
}

// What is published never changes; which of it is in force or withdrawn does, and so does the list.
const FOR_EVER = 'public, max-age=31536000, immutable'
const FOR_A_MINUTE = 'public, max-age=60'

function sendPublished(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: StoredVersion,
  keep: string,
): FastifyReply {
  reply.header('cache-control', keep)
  const tag = statusOf(stored) === 'withdrawn' ? `${stored.contentHash}.withdrawn` : stored.contentHash
  if (isUnchanged(request, reply, tag)) return reply.code(304).send()
  return reply.send(publicVersionView(stored))
}

// An authority that has published nothing is, to the public, one that does not exist.
async function refuseUnpublished(trx: Transaction): Promise<void> {
  if (!(await hasPublished(trx))) throw notFound()
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

function inForceRoute(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
    app.get(
      '/in-force',
      operation(context, {
        id: 'getPublicCalibrationTableInForce',
        scope: null,
        tag: 'public',
        summary: 'The published calibration table that an assessment of a date would use',
        description:
          'Answers as the address with a credential does: of the published tables that have begun by the date, the one that begins last. If none covers the date, the request is refused.',
        params: AuthorityParams,
        query: InForceQuery,
        answers: okOrUnchanged(PublicCalibrationTable),
        refuses: ['not-found', 'no-table-in-force'],
      }),
      async (request, reply) => {
        const { questionnaire, on, asOf } = request.query
        const known = knownBy(asOf)
        const stored = await database.asAuthority(request.params.authority, async (trx) => {
          const terms = await listTerms(trx, questionnaire)
          if (terms.length === 0) await refuseUnpublished(trx)
          return findPublishedVersion(trx, 'calibration-table', termInForce(known(terms), on).table)
        })
        return sendPublished(request, reply, stored, FOR_A_MINUTE)
      },
    )
  }
}

function reportRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
    for (const { name, title, schema } of REPORTS)
      app.get(
        `/:key/versions/:version/reports/${name}`,
        operation(context, {
          id: `getPublicCalibrationTable${title}Report`,
          scope: null,
          tag: 'public',
          summary: `The ${name} report of a published table, as its publisher read it`,
          description:
            'Returns the canonical JSON that was frozen before publication. Its SHA-256 is the ETag and stands in the publication.',
          params: VersionParams,
          answers: okOrUnchanged(schema),
          refuses: ['not-found'],
        }),
        async (request, reply) => {
          const { authority, ...ref } = request.params
          const found = await database.asAuthority(authority, (trx) => readReport(trx, ref, name, 'public'))
          if (found !== null) reply.header('cache-control', FOR_EVER)
          return sendReport(request, reply, found)
        },
      )
  }
}

function publicEstimate(context: Context): FastifyPluginAsyncTypebox {
  const { published, publicEstimatesPerMinute } = context
  return async (app) => {
    nameOptions(app, published, ({ params }) => (params as Static<typeof AuthorityParams>).authority)
    await app.register(rateLimit, {
      max: publicEstimatesPerMinute,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { after }) =>
        new Refusal(
          'rate-limited',
          `More than ${publicEstimatesPerMinute} estimates in a minute. Try again in ${after}.`,
        ),
    })
    app.post(
      '/',
      operation(context, {
        id: 'estimatePublicly',
        scope: null,
        tag: 'public',
        summary: 'Compute what answers would be allocated; nothing is stored',
        description:
          'Scores and prices answers as an allocation would be, without a credential. Nothing is stored, and answers are never part of an address. A caller may ask only so often a minute.',
        params: AuthorityParams,
        body: EstimateIntake,
        answers: ok(Estimate),
        refuses: ['rate-limited', ...PRICING_REFUSALS],
      }),
      async (request) => {
        const { authority } = request.params
        const listedAt = `/public/${authority}/questionnaires`
        const result = await priceAssessment(published, authority, request.body, 'fresh', listedAt)
        return { currency: 'GBP' as const, ...result }
      },
    )
  }
}
