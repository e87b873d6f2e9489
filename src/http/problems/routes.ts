// The pages that a problem's type points at: what a refusal means and what to do, for people and for programs.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { named } from '../../contract/primitives.ts'
import { ProblemExplanation } from '../../contract/problem.ts'
import { PROBLEMS, type RefusalCode } from '../../contract/problems.ts'
import { notFound } from '../../contract/refusal.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'
import { preferred } from '../core/requests/representation.ts'

export function problemRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:code',
      operation(context, {
        id: 'explainProblem',
        scope: null,
        tag: 'problems',
        summary: 'What a problem means, and what to do',
        description: 'Says what a code means and what to do. The type of every problem document points here.',
        params: Type.Object({ code: Type.String({ maxLength: 64 }) }),
        answers: ok(inTypes({ 'text/plain': Type.String(), 'application/json': named(ProblemExplanation) })),
        refuses: ['not-found', 'not-acceptable'],
      }),
      async (request, reply) => {
        const { code } = request.params
        if (!isProblemCode(code)) throw notFound()
        const { status, title, meaning, todo } = PROBLEMS[code]
        reply.header('vary', 'accept')
        if (preferred(request, ['text/plain', 'application/json']) === 'application/json')
          return { code, status, title, meaning, todo }
        return reply
          .type('text/plain; charset=utf-8')
          .send(
            `${title}\n\nCode ${code}, status ${status}.\n\nWhat it means: ${meaning}\nWhat to do: ${todo}\n`,
          )
      },
    )
  }
}

function isProblemCode(code: string): code is RefusalCode {
  return Object.hasOwn(PROBLEMS, code)
}
