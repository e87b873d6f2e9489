// What anybody may have of an authority's log: the last checkpoint, the key that signs it, and the tree by tiles. What
// the entries say is not public.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { LogKeys } from '../../contract/log.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { vkeyOf } from '../../domain/log/note.ts'
import { tileOf, widthIn } from '../../domain/log/tile.ts'
import { originOf, publicKeyOf } from '../../operations/log/log-key.ts'
import { findHead, readNodes } from '../../store/log-tree.ts'
import { operation } from '../core/openapi/operation.ts'
import { inTypes, ok } from '../core/openapi/responses.ts'
import type { Context } from '../core/requests/context.ts'

export function publicLogRoutes(context: Context, params: TObject): FastifyPluginAsyncTypebox {
  const { database, logKey } = context
  const authorityOf = (request: FastifyRequest) => (request.params as { authority: string }).authority
  const headOf = (request: FastifyRequest) => database.asAuthority(authorityOf(request), findHead)
  return async (app) => {
    app.get(
      '/checkpoint',
      operation(context, {
        id: 'getLogCheckpoint',
        scope: null,
        tag: 'public',
        summary: 'The last checkpoint of an authority’s log',
        description:
          'Returns a signed note with the size and the root of the log. Whoever keeps it can tell later whether anything before it was changed or taken away.',
        params,
        answers: ok(inTypes({ 'text/plain': Type.String({ description: 'A signed note.' }) })),
        refuses: ['log-empty'],
      }),
      async (request, reply) => {
        const note = (await headOf(request))?.note
        if (note == null)
          throw new Refusal(
            'log-empty',
            'No checkpoint of this log is signed yet. Come back in a few seconds.',
          )
        return reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(note)
      },
    )

    app.get(
      '/keys',
      operation(context, {
        id: 'getLogKeys',
        scope: null,
        tag: 'public',
        summary: 'The keys that sign an authority’s log',
        description:
          'Returns the name of the log and the keys that sign its checkpoints and receipts. Compare them with what the council published elsewhere: a key that is only here proves nothing.',
        params,
        answers: ok(LogKeys),
      }),
      async (request): Promise<LogKeys> => {
        const authority = authorityOf(request)
        return {
          origin: originOf(logKey, authority),
          keys: [{ vkey: vkeyOf(publicKeyOf(logKey, authority)), fromSize: 0, beforeSize: null }],
          witnesses: [],
        }
      },
    )

    // Its paths are those of C2SP's tlog-tiles, whose own text describes them: no parameter of OpenAPI can.
    app.get('/tile/*', { schema: { hide: true } }, async (request, reply) => {
      const tile = tileOf((request.params as { '*': string })['*'])
      const size = tile === null ? 0 : ((await headOf(request))?.noteSize ?? 0)
      if (tile === null || widthIn(size, tile) < tile.width) throw notFound()
      const run = { level: tile.level, first: tile.tile * 256, count: tile.width }
      const nodes = await database.asAuthority(authorityOf(request), (trx) => readNodes(trx, [run]))
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type('application/octet-stream')
        .send(Buffer.concat(nodes.map(({ hash }) => hash)))
    })
  }
}
