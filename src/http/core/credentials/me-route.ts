// Who the caller is: any good credential may ask, whatever it may do otherwise.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Me } from '../../../contract/me.ts'
import { operation } from '../openapi/operation.ts'
import { ok } from '../openapi/responses.ts'
import type { Context } from '../requests/context.ts'
import { callerOf } from './caller.ts'

export function meRoute(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      operation(context, {
        id: 'getMe',
        scope: { all: [] },
        tag: 'credentials',
        summary: 'Who the credential stands for, and what it may do',
        description:
          'Any good credential may ask, with or without scopes: try a key here before you use it. A token has no keyId, and expiresAt is its exp.',
        answers: ok(Me),
      }),
      async (request): Promise<Me> => {
        const { authorityId, clientId, subjectId, scopes, keyId, expiresAt } = callerOf(request)
        return {
          authority: authorityId,
          client: clientId,
          subject: subjectId,
          scopes: [...scopes],
          keyId,
          expiresAt: expiresAt?.toISOString() ?? null,
        }
      },
    )
  }
}
