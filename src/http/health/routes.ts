// What those who run the service ask it: is it alive, may it be sent requests, which release is it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Refusal } from '../../contract/refusal.ts'
import { Health, Release } from '../../contract/service.ts'
import { ENGINE_VERSION } from '../../domain/allocation/allocation.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'

/** `stopping`: whether the service has been told to stop. */
export function healthRoutes(context: Context, stopping: () => boolean): FastifyPluginAsyncTypebox {
  const { database, release } = context
  return async (app) => {
    app.get(
      '/health/live',
      operation(context, {
        id: 'live',
        scope: null,
        tag: 'operations',
        summary: 'Whether the process answers',
        description:
          'For a liveness probe: it answers as long as the process does, whatever becomes of the database.',
        answers: ok(Health),
      }),
      async () => ({ status: 'live' }),
    )

    app.get(
      '/health/ready',
      operation(context, {
        id: 'ready',
        scope: null,
        tag: 'operations',
        summary: 'Whether requests may be sent: not while stopping, nor without the database',
        description:
          'For a readiness probe: refused while the service is stopping or cannot reach its database.',
        answers: ok(Health),
        refuses: ['unavailable'],
      }),
      async () => {
        const headers = { 'retry-after': '5' }
        if (stopping()) throw new Refusal('unavailable', 'The service is stopping.', { headers })
        try {
          await database.inspect('select 1')
        } catch {
          throw new Refusal('unavailable', 'The database does not answer.', { headers })
        }
        return { status: 'ready' }
      },
    )

    app.get(
      '/version',
      operation(context, {
        id: 'version',
        scope: null,
        tag: 'operations',
        summary: 'The release, and the engine it computes with',
        description:
          'Says which release is running, and the version of the engine that every allocation names.',
        answers: ok(Release),
      }),
      async () => ({ release, engineVersion: ENGINE_VERSION }),
    )
  }
}
