// What those who run the service ask it: is it alive, may it be sent requests, which release is it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { named } from '../../contract/primitives.ts'
import { Refusal } from '../../contract/refusal.ts'
import { Health, Release } from '../../contract/service.ts'
import { ENGINE_VERSION } from '../../domain/allocation/allocation.ts'
import type { Database } from '../../store/database.ts'
import { ok } from '../core/openapi/responses.ts'

export type Liveness = {
  readonly database: Database
  readonly release: string
  /** Whether the service has been told to stop. */
  readonly stopping: () => boolean
}

const tags = ['operations']

export function healthRoutes({ database, release, stopping }: Liveness): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/health/live',
      {
        schema: {
          tags,
          security: [],
          summary: 'Whether the process answers',
          operationId: 'live',
          response: ok(named(Health)),
        },
      },
      async () => ({ status: 'live' }),
    )

    app.get(
      '/health/ready',
      {
        schema: {
          tags,
          security: [],
          summary: 'Whether requests may be sent: not while stopping, nor without the database',
          operationId: 'ready',
          response: ok(named(Health)),
        },
      },
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
      {
        schema: {
          tags,
          security: [],
          summary: 'The release, and the engine it computes with',
          operationId: 'version',
          response: ok(named(Release)),
        },
      },
      async () => ({ release, engineVersion: ENGINE_VERSION }),
    )
  }
}
