// What is told of a cohort's rows: those that are not used, one by one, and all that are, in figures.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { CohortRejectionPage, CohortSummary, RejectionQuery } from '../../contract/calibration/cohort.ts'
import { FAULTS } from '../../contract/faults.ts'
import { rejectionsOf } from '../../operations/cohort/read-part.ts'
import { cohortParts, unerased } from '../../operations/run/load-run.ts'
import { partHeads } from '../../store/cohorts.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged, madeTag } from '../core/requests/etag.ts'
import { decodeCursor, linked, pageOf } from '../core/requests/paging.ts'
import { getCohort } from './get-cohort.ts'

export function cohortDetailRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { database, published, workers } = context
  return async (app) => {
    app.get(
      '/:id/summary',
      operation(context, {
        id: 'getCohortSummary',
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
        const { authorityId } = callerOf(request)
        const questionnaire = (await published.questionnaire(authorityId, found.questionnaire))?.plan
          .questionnaire
        if (questionnaire === undefined) throw new Error('a cohort names a published questionnaire')
        const parts = await database.asAuthority(authorityId, (trx) => cohortParts(trx, found))
        const text = await workers.run('summary', { parts, questionnaire })
        const beside = JSON.stringify({ cohortId: found.id, syntheticNote: found.syntheticNote })
        return reply.type('application/json').send(`${beside.slice(0, -1)},${text.slice(1)}`)
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
        const { limit, cursor } = request.query
        await getCohort(context, request)
        const listing = { list: 'rejections', cohort: request.params.id.toLowerCase() }
        const place = decodeCursor(cursor, [/^[0-9]{1,3}$/, /^[0-9]{1,9}$/], listing)
        const [afterPart, afterLine] = place === null ? [0, 0] : [Number(place[0]), Number(place[1])]
        const all = await rejectionsIn(context, request, request.params.id)
        const from = all.filter(
          ({ part, line }) => part > afterPart || (part === afterPart && line > afterLine),
        )
        return linked(
          request,
          reply,
          pageOf(from.slice(0, limit + 1), limit, ({ part, line }) => [part, line], listing),
        )
      },
    )
  }
}

async function rejectionsIn({ database }: Context, request: FastifyRequest, id: string) {
  const heads = await database.asAuthority(callerOf(request).authorityId, (trx) => partHeads(trx, id))
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
