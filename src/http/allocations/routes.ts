// Allocations are read: one with its working, why it is what it is, or many as a list.

import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { Allocation } from '../../contract/allocation/allocation.ts'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { Explanation } from '../../contract/allocation/explanation.ts'
import {
  AllocationPage,
  AllocationQuery,
  AllocationSearch,
  type AllocationSummary,
} from '../../contract/allocation/list.ts'
import { allocationText } from '../../domain/assessment/record.ts'
import { explanationText } from '../../domain/explanation/text.ts'
import { receiptOf } from '../../domain/log/event.ts'
import { type Explained, explainAllocation } from '../../operations/assessment/explain-allocation.ts'
import { readable } from '../../operations/assessment/stored-intake.ts'
import { explanationPage } from '../../pages/explanation/page.ts'
import { EXPLANATION_STYLE, styleSource } from '../../pages/style.ts'
import { type Filter, findIntake, isAbout, listAllocations } from '../../store/intakes.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, ok, okOrUnchanged } from '../core/openapi/responses.ts'
import { sendJson } from '../core/requests/answers.ts'
import { asCaller, type Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { cursorInvalid, ID_PLACE, type List, linkedPage, readPage } from '../core/requests/paging.ts'
import { asPage, pagePolicy, preferred } from '../core/requests/representation.ts'

const FORMS = ['application/json', 'application/x-ndjson', 'text/plain', 'text/html'] as const
const PAGE_POLICY = pagePolicy(styleSource(EXPLANATION_STYLE))

export function allocationRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
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
        const { id, body, leafHash, correctedBy } = readable(
          'allocation',
          await findIntake(context.database, callerOf(request).authorityId, request.params),
        )
        if (isUnchanged(request, reply, tagOf(id, correctedBy))) return reply.code(304).send()
        return sendJson(reply, allocationText(body, receiptOf(id, leafHash), correctedBy))
      },
    )

    app.get(
      '/:id/explanation',
      operation(context, {
        id: 'explainAllocation',
        scope: 'allocations:read',
        tag: 'allocations',
        summary: 'Why an allocation is what it is, in plain words: as JSON, JSON lines, text or a page',
        description:
          'Explains the figure line by line; every form has the same sentences. The page has the figures as tables too, and neither scripts nor anything from elsewhere. The ETag changes with every byte.',
        params: IdParams,
        answers: okOrUnchanged(
          inTypes({
            'application/json': Explanation,
            'application/x-ndjson': Type.String({
              description: 'A part of the sheet or a line of the explanation a line.',
            }),
            'text/plain': Type.String(),
            'text/html': Type.String({ description: 'A page to read or print.' }),
          }),
        ),
        refuses: ['not-acceptable', 'not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const form = preferred(request, FORMS)
        const { authorityId } = callerOf(request)
        const found = await findIntake(context.database, authorityId, request.params)
        const { body, correctedBy } = readable('allocation', found)
        const explained = await explainAllocation(context, authorityId, body, correctedBy)
        const text = written(explained, form)
        reply.header('vary', 'accept')
        if (isUnchanged(request, reply, formTag(form, text))) return reply.code(304).send()
        if (form === 'text/html') return asPage(reply, PAGE_POLICY).send(text)
        return reply.type(form === 'application/json' ? form : `${form}; charset=utf-8`).send(text)
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
      (request, reply) => {
        const { limit: _, cursor: _1, ...filter } = request.query
        return linkedPage(request, reply, listOf(context, request, filter))
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
        return readPage({ limit, cursor }, listOf(context, request, { personRef }))
      },
    )
  }
}

type Asked = Omit<Filter, 'pricedByAnother'>

function listOf(context: Context, request: FastifyRequest, filter: Asked): List<AllocationSummary> {
  const { personRef, ...open } = filter
  return {
    listing: { list: personRef === undefined ? 'allocations' : 'search', ...open },
    forms: [ID_PLACE],
    place: ({ id }) => [id],
    read: ([after = null], most) =>
      asCaller(context, request, async (trx) => {
        // Whose list a cursor is of stands in no cursor, where it could be guessed at: the row at its place says it.
        if (after !== null && personRef !== undefined && !(await isAbout(trx, after, personRef)))
          throw cursorInvalid()
        return listAllocations(trx, filter, after, most)
      }),
  }
}

// A stored allocation never changes but in one thing: what supersedes it.
function tagOf(id: string, supersededBy: string | null): string {
  return supersededBy === null ? id : `${id}.${supersededBy}`
}

function written({ explanation, sheet, ledgers }: Explained, form: (typeof FORMS)[number]): string {
  switch (form) {
    case 'application/json':
      return JSON.stringify(explanation)
    case 'application/x-ndjson':
      return [...explanation.short, ...explanation.lines].map((line) => `${JSON.stringify(line)}\n`).join('')
    case 'text/plain':
      return explanationText(explanation)
    case 'text/html':
      return explanationPage(explanation, sheet, ledgers)
  }
}

// The words also rest on what is not stored with the allocation, such as how the authority deals with challenges.
function formTag(form: string, text: string): string {
  return createHash('sha256').update(`${form}\n${text}`).digest('base64url')
}
