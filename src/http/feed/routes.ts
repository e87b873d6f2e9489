// The feed that dashboards poll: every event once, in one order, none skipped. Indices are contiguous, so a reader
// can check that for itself.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FeedPage, FeedQuery } from '../../contract/feed.ts'
import { Refusal } from '../../contract/refusal.ts'
import { loggedText } from '../../domain/assessment/record.ts'
import { receiptOf } from '../../domain/log/event.ts'
import { type ReportsFacts, tableReports } from '../../operations/document/make-reports.ts'
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
  const { at } = JSON.parse(entry.envelope) as { at: string }
  const { logIndex, eventId } = entry
  const item = { logIndex, eventId, kind: entry.kind, at, leafHash: entry.leafHash.toString('hex') }
  const withheld = withheldBecause(entry, kind, scopes)
  const content = withheld === null ? contentText(entry) : 'null'
  return `${JSON.stringify(item).slice(0, -1)},"content":${content},"withheld":${JSON.stringify(withheld)}}`
}

function withheldBecause(
  entry: FeedEntry,
  kind: string | undefined,
  scopes: ReadonlySet<Scope>,
): string | null {
  if (kind !== undefined && kind !== entry.kind) return 'kind-filter'
  if (entry.body === null) return 'erased'
  if (isAboutPerson(entry) && !scopes.has('allocations:read')) return 'scope'
  return isOfCalibration(entry) && !scopes.has('calibration:write') ? 'scope' : null
}

function isAboutPerson({ kind }: FeedEntry): boolean {
  return kind === 'assessment-allocated' || kind === 'assessment-corrected'
}

function isOfCalibration({ kind }: FeedEntry): boolean {
  return kind.startsWith('cohort-') || kind.startsWith('calibration-run-')
}

function contentText(entry: FeedEntry): string {
  const { body, eventId, leafHash } = entry
  if (body === null) return 'null'
  if (isOfCalibration(entry)) return factsText(entry)
  if (entry.kind === 'table-reports-made') return reportsText(entry)
  if (!isAboutPerson(entry)) return `{"version":${body}}`
  return loggedText(body, receiptOf(eventId, leafHash))
}

// Their texts are read at their addresses.
function reportsText({ envelope }: FeedEntry): string {
  return JSON.stringify({ reports: tableReports(JSON.parse(envelope) as ReportsFacts) })
}

// What the envelope tells of a cohort or a run; its rows are had from the resource itself.
function factsText({ envelope }: FeedEntry): string {
  const { cohort, calibrationRun } = JSON.parse(envelope) as Record<string, unknown>
  return JSON.stringify(cohort === undefined ? { calibrationRun } : { cohort })
}
