// Allocations are read: one with its working, or many as a list; the explanation of one has a file of its own.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Allocation } from '../../contract/allocation/allocation.ts'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { AllocationPage, AllocationQuery, AllocationSearch } from '../../contract/allocation/list.ts'
import { named } from '../../contract/primitives.ts'
import { allocationText } from '../../domain/assessment/record.ts'
import { receiptOf } from '../../domain/log/event.ts'
import { type AllocationFilter, isAbout, listAllocations } from '../../store/allocations.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { ok, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { OWN_INSTANT } from '../core/requests/dates.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { cursorInvalid, decodeCursor, ID_PLACE, linked, pageOf } from '../core/requests/paging.ts'
import { explanationRoute } from './explanation-route.ts'
import { existingAllocation } from './get-allocation.ts'

const tags = ['allocations']

export function allocationRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { allow } = context
  return async (app) => {
    await app.register(explanationRoute(context))
    app.get(
      '/:id',
      {
        onRequest: allow('allocations:read'),
        schema: {
          tags,
          summary: 'One allocation with its working',
          operationId: 'getAllocation',
          params: IdParams,
          response: okOrUnchanged(named(Allocation)),
        },
      },
      async (request, reply) => {
        const { body, eventId, leafHash, supersededBy } = await existingAllocation(
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
      {
        onRequest: allow('allocations:read'),
        schema: {
          tags,
          summary: 'List allocations, newest first',
          operationId: 'listAllocations',
          querystring: AllocationQuery,
          response: ok(named(AllocationPage)),
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query
        return linked(request, reply, await page(context, request, filter, limit, cursor))
      },
    )

    app.post(
      '/search',
      {
        onRequest: allow('allocations:read'),
        schema: {
          tags,
          summary: 'List a person’s allocations, newest first; the reference stays out of the URL',
          operationId: 'searchAllocations',
          body: named(AllocationSearch),
          response: ok(named(AllocationPage)),
        },
      },
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
  filter: AllocationFilter,
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
