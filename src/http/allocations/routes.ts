// Allocations are read: one with its working, or many as a list; the explanation of one has a file of its own.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Allocation } from '../../contract/allocation/allocation.ts'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { AllocationPage, AllocationQuery, AllocationSearch } from '../../contract/allocation/list.ts'
import { allocationText } from '../../domain/assessment/record.ts'
import { receiptOf } from '../../domain/log/event.ts'
import { type Filter, isAbout, listAllocations } from '../../store/allocations.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { OWN_INSTANT } from '../core/requests/dates.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { cursorInvalid, decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'
import { explanationRoute } from './explanation-route.ts'
import { getAllocation } from './get-allocation.ts'

export function allocationRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(explanationRoute(context))
    app.get(
      '/:id',
      operation(context, {
        id: 'getAllocation',
        scope: 'allocations:read',
        tag: 'allocations',
        summary: 'One allocation with its working',
        description:
          'Returns the amount with every step of the sum and every version that it rests on. supersededBy is the allocation of a correction, or null.',
        params: IdParams,
        answers: okOrUnchanged(Allocation),
        refuses: ['not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const { body, eventId, leafHash, supersededBy } = await getAllocation(
          context,
          callerOf(request).authorityId,
          request.params.id,
        )
        if (isUnchanged(request, reply, tagOf(eventId, supersededBy))) return reply.code(304).send()
        return reply
          .type('application/json')
          .send(allocationText(body, receiptOf(eventId, leafHash), supersededBy))
      },
    )

    app.get(
      '/',
      operation(context, {
        id: 'listAllocations',
        scope: 'allocations:read',
        tag: 'allocations',
        summary: 'List allocations, newest first',
        description:
          'Lists summaries of stored allocations, superseded ones too unless current=true. For the next page, send nextCursor as cursor with the same filters.',
        query: AllocationQuery,
        answers: ok(AllocationPage),
      }),
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query
        return linked(request, reply, await page(context, request, filter, limit, cursor))
      },
    )

    app.post(
      '/search',
      operation(context, {
        id: 'searchAllocations',
        scope: 'allocations:read',
        tag: 'allocations',
        summary: 'List a person’s allocations, newest first; the reference stays out of the URL',
        description:
          'Lists the allocations of one person. The reference is sent in the body, so that it stays out of addresses and logs.',
        body: AllocationSearch,
        answers: ok(AllocationPage),
        refuses: ['cursor-invalid'],
      }),
      (request) => {
        const { personRef, limit = 100, cursor } = request.body
        return page(context, request, { personRef }, limit, cursor)
      },
    )
  }
}

const ALLOCATION_PLACE = [OWN_INSTANT, ID_PLACE]

async function page(
  { database }: Context,
  request: FastifyRequest,
  filter: Filter,
  limit: number,
  cursor: string | undefined,
) {
  const { personRef, ...open } = filter
  const listing = { list: personRef === undefined ? 'allocations' : 'search', ...open }
  const place = decodeCursor(cursor, ALLOCATION_PLACE, listing)
  const after = place === null ? null : { createdAt: place[0] ?? '', id: place[1] ?? '' }
  const rows = await database.asAuthority(callerOf(request).authorityId, async (trx) => {
    // Whose list a cursor is of stands in no cursor, where it could be guessed at: the row at its place says it.
    if (after !== null && personRef !== undefined && !(await isAbout(trx, after.id, personRef)))
      throw cursorInvalid()
    return listAllocations(trx, filter, after, limit + 1)
  })
  return pageOf(rows, limit, (row) => [row.createdAt, row.id], listing)
}

// A stored allocation never changes but in one thing: what supersedes it.
function tagOf(eventId: string, supersededBy: string | null): string {
  return supersededBy === null ? eventId : `${eventId}.${supersededBy}`
}
