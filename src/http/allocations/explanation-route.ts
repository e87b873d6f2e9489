// Why an allocation is what it is, in the form the caller wants. Its words also rest on what is not stored with the
// allocation, such as how the authority deals with challenges, so its tag is made from the bytes themselves.

import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { IdParams } from '../../contract/allocation/assessment.ts'
import { Explanation } from '../../contract/allocation/explanation.ts'
import { explanationText } from '../../domain/explanation/text.ts'
import { type Explained, explainAllocation } from '../../operations/assessment/explain-allocation.ts'
import { explanationPage } from '../../pages/explanation/page.ts'
import { EXPLANATION_STYLE, styleSource } from '../../pages/style.ts'
import { callerOf } from '../core/credentials/caller.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, okOrUnchanged } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { isUnchanged } from '../core/requests/etag.ts'
import { asPage, pagePolicy } from '../core/requests/page-policy.ts'
import { preferred } from '../core/requests/representation.ts'
import { getAllocation } from './get-allocation.ts'

const FORMS = ['application/json', 'application/x-ndjson', 'text/plain', 'text/html'] as const
const PAGE_POLICY = pagePolicy(styleSource(EXPLANATION_STYLE))

export function explanationRoute(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
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
            'application/x-ndjson': Type.String({ description: 'One line of the explanation a line.' }),
            'text/plain': Type.String(),
            'text/html': Type.String({ description: 'A page to read or print.' }),
          }),
        ),
        refuses: ['not-acceptable', 'not-found', 'erased-under-policy'],
      }),
      async (request, reply) => {
        const form = preferred(request, FORMS)
        const { authorityId } = callerOf(request)
        const { body, supersededBy } = await getAllocation(context, authorityId, request.params.id)
        const explained = await explainAllocation(context, authorityId, body, supersededBy)
        const text = written(explained, form)
        reply.header('vary', 'accept')
        if (isUnchanged(request, reply, tagOf(form, text))) return reply.code(304).send()
        if (form === 'text/html') return asPage(reply, PAGE_POLICY).send(text)
        return reply.type(form === 'application/json' ? form : `${form}; charset=utf-8`).send(text)
      },
    )
  }
}

function written({ explanation, ledgers }: Explained, form: (typeof FORMS)[number]): string {
  switch (form) {
    case 'application/json':
      return JSON.stringify(explanation)
    case 'application/x-ndjson':
      return explanation.lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    case 'text/plain':
      return explanationText(explanation)
    case 'text/html':
      return explanationPage(explanation, ledgers)
  }
}

function tagOf(form: string, text: string): string {
  return createHash('sha256').update(`${form}\n${text}`).digest('base64url')
}
