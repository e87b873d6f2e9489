// Proofs for whoever may read the log: that an event is in it, and that it only grew.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ConsistencyProof, ConsistencyQuery, EventParams, InclusionProof } from '../../contract/log.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'
import { consistencyRanges, inclusionRanges, nodesFor, proofOf } from '../../domain/log/proof.ts'
import type { Range } from '../../domain/log/tree.ts'
import type { Transaction } from '../../store/database.ts'
import { findEntry, findHead, readNodes } from '../../store/log-tree.ts'
import { operation } from '../core/openapi/operation.ts'
import { ok } from '../core/openapi/responses.ts'
import { asCaller, type Context } from '../core/requests/context.ts'

const READING_LOG = ['allocations:read', 'audit:read'] as const

export function proofRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/events/:id/proof',
      operation(context, {
        id: 'proveEvent',
        scope: READING_LOG,
        tag: 'feed',
        summary: 'The proof that an event is in the log',
        description:
          'Returns the path from the event’s leaf hash to the root of the last checkpoint. An event is under a checkpoint within seconds of being recorded.',
        params: EventParams,
        answers: ok(InclusionProof),
        refuses: ['not-found', 'proof-not-ready'],
      }),
      (request): Promise<InclusionProof> =>
        asCaller(context, request, async (trx) => {
          const { id: eventId } = request.params
          const entry = await findEntry(trx, eventId)
          if (entry === undefined) throw notFound()
          const head = await findHead(trx)
          if (entry === null || head?.note == null || entry.logIndex >= head.noteSize)
            throw new Refusal(
              'proof-not-ready',
              'This event is not under a checkpoint yet. Ask again in a second.',
              { headers: { 'retry-after': '1' } },
            )
          const { logIndex, leafHash } = entry
          const { note: checkpoint, noteSize: size } = head
          const proof = await hashes(trx, inclusionRanges(logIndex, size))
          return { eventId, leafHash: leafHash.toString('hex'), logIndex, size, proof, checkpoint }
        }),
    )

    app.get(
      '/log/consistency',
      operation(context, {
        id: 'proveConsistency',
        scope: READING_LOG,
        tag: 'feed',
        summary: 'The proof that the log only grew between two sizes',
        description:
          'Returns what shows that the log of the later size begins with the log of the earlier one: for whoever holds a checkpoint from before.',
        query: ConsistencyQuery,
        answers: ok(ConsistencyProof),
        refuses: ['size-ahead'],
      }),
      (request): Promise<ConsistencyProof> =>
        asCaller(context, request, async (trx) => {
          const signed = (await findHead(trx))?.noteSize ?? 0
          const { from, to = signed } = request.query
          if (to > signed || from > to)
            throw new Refusal(
              'size-ahead',
              `The last checkpoint is of size ${signed}. Ask for sizes up to that, the earlier one first.`,
            )
          return { from, to, proof: await hashes(trx, consistencyRanges(from, to)) }
        }),
    )
  }
}

async function hashes(trx: Transaction, ranges: readonly Range[]): Promise<string[]> {
  const nodes = await readNodes(trx, nodesFor(ranges))
  return proofOf(ranges, nodes).map((hash) => hash.toString('hex'))
}
