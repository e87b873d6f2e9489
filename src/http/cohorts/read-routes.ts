// Cohorts are read: as a list, as counts and hashes, in figures, and row by row where rows are not used.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import {
  Cohort,
  CohortPage,
  CohortQuery,
  CohortRejectionPage,
  CohortSummary,
  RejectionQuery,
} from '../../contract/calibration/cohort.ts'
import { FAULTS } from '../../contract/faults.ts'
import { notFound } from '../../contract/refusal.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'
import { cohortView } from '../../operations/cohort/cohort-view.ts'
import { rejectionsOf } from '../../operations/cohort/read-part.ts'
import { cohortParts, unerased } from '../../operations/run/load-run.ts'
import { findCohort, listCohorts, partHeads, type StoredCohort } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson, withMembers } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { ID_PLACE, linkedPage } from '../core/requests/paging.ts'

export function cohortReadRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { published, workers } = context
  return async (app) => {
    app.get(
      '/',
      operation(context, {
        id: 'listCohorts',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'List cohorts, newest first',
        description:
          'Lists the cohorts of the authority with their state and counts. For the next page, send nextCursor as cursor with the same filters.',
        query: CohortQuery,
        answers: ok(CohortPage),
      }),
      (request, reply) => {
        const { limit: _, cursor: _1, ...filter } = request.query
        return linkedPage(request, reply, {
          listing: { list: 'cohorts', ...filter },
          forms: [ID_PLACE],
          place: ({ id }) => [id],
          async read([after = null], most) {
            const found = await asCaller(context, request, (trx) => listCohorts(trx, filter, after, most))
            return found.map(cohortEntry)
          },
        })
      },
    )

    app.get(
      '/:id',
      operation(context, {
        id: 'getCohort',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'A cohort: its state, counts and hashes',
        description:
          'Returns how many rows each part has and how many of them are used; once sealed, also the hash of the cohort. Rows are never given back.',
        params: IdParams,
        answers: okOrUnchanged(Cohort),
        refuses: ['not-found'],
      }),
      async (request, reply) => {
        const found = await getCohort(context, request)
        if (isUnchanged(request, reply, `${found.parts.length}${found.hash === null ? '' : '.sealed'}`))
          return reply.code(304).send()
        return sendJson(reply, canonicalJson(cohortView(found)))
      },
    )

    app.get(
      '/:id/summary',
      operation(context, {
        id: 'getCohortSummary',
        heavy: 'reading',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'A cohort in figures: totals, groups, bands, spread and outliers',
        description:
          'Shows points and costs by group and band, with what stands out, so that a cohort can be checked before it is used.',
        params: IdParams,
        answers: okOrUnchanged(CohortSummary),
        refuses: ['not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const found = await getCohort(context, request)
        const tag = madeTag(context.release, found.id, String(found.parts.length))
        if (isUnchanged(request, reply, tag)) return reply.code(304).send()
        const priced = await published.questionnaire(callerOf(request).authorityId, found.questionnaire)
        if (priced === null) throw new Error('a cohort names a published questionnaire')
        const parts = await asCaller(context, request, (trx) => cohortParts(trx, found))
        const text = await workers.run('summary', { parts, questionnaire: priced.plan.questionnaire })
        const { id: cohortId, syntheticNote } = found
        return sendJson(reply, withMembers({ cohortId, syntheticNote }, text))
      },
    )

    app.get(
      '/:id/rejections',
      operation(context, {
        id: 'listCohortRejections',
        scope: 'calibration:write',
        tag: 'calibration',
        summary: 'The rows of a cohort that are not used, by part and line, with the reasons',
        description:
          'Lists every unused row by its part and line, with all reasons and none of its values, so that the file can be put right.',
        params: IdParams,
        query: RejectionQuery,
        answers: ok(CohortRejectionPage),
        refuses: ['not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const { id } = await getCohort(context, request)
        return linkedPage(request, reply, {
          listing: { list: 'rejections', cohort: id },
          forms: [/^[0-9]{1,3}$/, /^[0-9]{1,9}$/],
          place: ({ part, line }) => [part, line],
          async read([afterPart = 0, afterLine = 0], most) {
            const heads = await asCaller(context, request, (trx) => partHeads(trx, id))
            return rejectionsIn(heads)
              .filter(({ part, line }) => part > +afterPart || (part === +afterPart && line > +afterLine))
              .slice(0, most)
          },
        })
      },
    )
  }
}

/** The cohort of the address. Refuses `not-found`. */
export async function getCohort(context: Context, request: FastifyRequest): Promise<StoredCohort> {
  const { id } = request.params as { id: string }
  const found = await asCaller(context, request, (trx) => findCohort(trx, id))
  if (found === null) throw notFound()
  return found
}

function cohortEntry(cohort: StoredCohort) {
  const { parts: _, ...entry } = cohortView(cohort)
  return entry
}

function rejectionsIn(heads: readonly (string | null)[]) {
  return heads.map(unerased).flatMap((head, i) =>
    rejectionsOf(head).map(({ line, codes, questions = [] }) => ({
      part: i + 1,
      line,
      reasons: codes.map((code) => ({ code, detail: FAULTS[code], ...questionsOf(code, questions) })),
    })),
  )
}

function questionsOf(code: string, all: readonly string[]): { readonly at?: readonly string[] } {
  const at = all.filter((text) => text.startsWith(`${code} `)).map((text) => text.slice(code.length + 1))
  return at.length === 0 ? {} : { at }
}
