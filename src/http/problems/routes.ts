// The pages that a problem's type points at: what a refusal means and what to do, for people and for programs.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { OneOf } from '../../contract/primitives.ts'
import { PROBLEMS, type RefusalCode } from '../../contract/problems.ts'
import { notFound } from '../../contract/refusal.ts'
import { inTypes, ok } from '../core/openapi/responses.ts'
import { preferred } from '../core/requests/representation.ts'

const ProblemPage = Type.Object(
  {
    code: OneOf(...Object.keys(PROBLEMS)),
    status: Type.Integer(),
    title: Type.String(),
    meaning: Type.String(),
    todo: Type.String({ description: 'What to do.' }),
  },
  { additionalProperties: false },
)

export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/:code',
    {
      schema: {
        tags: ['problems'],
        security: [],
        summary: 'What a problem means, and what to do',
        operationId: 'explainProblem',
        params: Type.Object({ code: Type.String({ maxLength: 64 }) }),
        response: ok(
          inTypes('The problem', { 'text/plain': Type.String(), 'application/json': ProblemPage }),
        ),
      },
    },
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

function isProblemCode(code: string): code is RefusalCode {
  return Object.hasOwn(PROBLEMS, code)
}
