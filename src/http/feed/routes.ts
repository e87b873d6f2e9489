// The feed that dashboards poll: every event once, in one order, none skipped. Indices are contiguous, so a reader
// can check that for itself.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FeedPage, FeedQuery } from '../../contract/feed.ts'
import { Refusal } from '../../contract/refusal.ts'
import { joinedRecord, loggedText } from '../../domain/assessment/record.ts'
import { type Envelope, openEnvelope, receiptOf } from '../../domain/log/event.ts'
import { type ReportsFacts, tableReports } from '../../operations/document/make-reports.ts'
import { versionText } from '../../operations/document/version-view.ts'
import type { RunFacts } from '../../store/calibration-runs.ts'
import type { CohortFacts } from '../../store/cohorts.ts'
import type { VersionFacts } from '../../store/documents.ts'
import { type FeedEntry, readFeed } from '../../store/feed.ts'
import { callerOf } from '../core/credentials/caller.ts'
import type { Scope } from '../core/credentials/scopes.ts'
import { operation } from '../core/openapi/operation.ts'
import { okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson } from '../core/requests/answers.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'

export function feedRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database } = context
  return async (app) => {
    app.get(
      '/',
      operation(context, {
        id: 'readFeed',
        scope: ['allocations:read', 'audit:read'],
        tag: 'feed',
        summary: 'Events after an index, in their one order',
        description:
          'Returns the events after an index in the one order of the log, so that a poller neither misses nor repeats any. Keep nextAfter and ask again from there; with If-None-Match the answer is 304 until something new has come. An event that the credential may not read keeps its place: content is null, and withheld says why.',
        query: FeedQuery,
        answers: okOrUnchanged(FeedPage),
        refuses: ['feed-cursor-ahead'],
      }),
      async (request, reply) => {
        const { after, limit, kind } = request.query
        const caller = callerOf(request)
        const { head, entries } = await readFeed(database, caller.authorityId, after, limit)
        if (after > head) {
          throw new Refusal(
            'feed-cursor-ahead',
            `The cursor in after is past the newest entry, ${head}. Ask the operators. Do not restart from zero without asking.`,
          )
        }
        const reach = ['allocations:read', 'calibration:write']
          .map((scope) => (caller.scopes.has(scope as Scope) ? 'all' : 'bare'))
          .join('.')
        if (isUnchanged(request, reply, `${head}.${after}.${limit}.${kind ?? '-'}.${reach}`))
          return reply.code(304).send()
        const items = entries.map((entry) => itemText(entry, kind, caller.scopes))
        const nextAfter = entries.at(-1)?.logIndex ?? after
        return sendJson(reply, `{"data":[${items.join(',')}],"nextAfter":${nextAfter},"head":${head}}`)
      },
    )
  }
}

function itemText(entry: FeedEntry, kind: string | undefined, scopes: ReadonlySet<Scope>): string {
  const { logIndex, eventId, leafHash, refs, body, content } = entry
  const envelope = openEnvelope(entry.envelope)
  const item = { logIndex, eventId, kind: entry.kind, at: envelope.at, leafHash: leafHash.toString('hex') }
  const withheld = withheldBecause(entry, envelope, kind, scopes)
  const text = withheld === null ? contentText(envelope, { refs, body, content, leafHash }) : 'null'
  return `${JSON.stringify(item).slice(0, -1)},"content":${text},"withheld":${JSON.stringify(withheld)}}`
}

function withheldBecause(
  { body }: FeedEntry,
  { kind, payload }: Envelope,
  asked: string | undefined,
  scopes: ReadonlySet<Scope>,
): string | null {
  if (asked !== undefined && asked !== kind) return 'kind-filter'
  if (payload.body !== undefined && body === null) return 'erased'
  if (kind.startsWith('assessment-') && !scopes.has('allocations:read')) return 'scope'
  return /^(cohort|calibration-run)-/.test(kind) && !scopes.has('calibration:write') ? 'scope' : null
}

type Kept = Pick<FeedEntry, 'refs' | 'body' | 'content' | 'leafHash'>

function contentText(envelope: Envelope, { refs, body, content, leafHash }: Kept): string {
  switch (envelope.kind) {
    case 'assessment-allocated':
    case 'assessment-corrected':
      return loggedText(
        joinedRecord({ refs: refs ?? '', body: body ?? '' }),
        receiptOf(envelope.event, leafHash),
      )
    case 'cohort-uploaded':
    case 'cohort-part-added':
    case 'cohort-sealed':
      // Its rows are had from the cohort itself.
      return JSON.stringify({ cohort: (envelope.facts as CohortFacts).cohort })
    case 'calibration-run-requested':
    case 'calibration-run-finished':
    case 'calibration-run-cancelled':
      return JSON.stringify({ calibrationRun: (envelope.facts as RunFacts).calibrationRun })
    case 'table-reports-made':
      // Their texts are read at their addresses.
      return JSON.stringify({ reports: tableReports(envelope.facts as ReportsFacts) })
    default:
      return `{"version":${versionText(envelope as Envelope<VersionFacts>, content ?? '')}}`
  }
}
