// What the routes are given: the few things that outlive a request. Everything else is an argument.
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { PublishedVersions } from '../../../operations/document/published-versions.ts'
import type { LogKey, LogSigner } from '../../../operations/log/log-key.ts'
import type { WorkerPool } from '../../../operations/worker/worker-pool.ts'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Log } from '../../../store/log.ts'
import type { FlagCounts } from '../../assessments/flag-counts.ts'
import { callerOf } from '../credentials/caller.ts'
import type { Needed } from '../credentials/scopes.ts'
import type { Gate, HeavyWork } from './heavy-work.ts'

export type Context = {
  readonly database: Database
  readonly published: PublishedVersions
  readonly log: Log
  /** What signs the logs, and in whose name. */
  readonly logKey: LogKey
  readonly receipts: LogSigner
  /** The version of this service, as /version tells it. */
  readonly release: string
  /** The onRequest hook that lets through only callers with the scopes that are needed. */
  readonly allow: (needed: Needed) => onRequestAsyncHookHandler
  /** Where heavy work is let in. */
  readonly gates: Readonly<Record<HeavyWork, Gate>>
  readonly publicEstimatesPerMinute: number
  /** Counts the flags of an allocation that was recorded. */
  readonly flagged: FlagCounts
  /** For sums that would hold up other requests. */
  readonly workers: WorkerPool
}

/** Reads what the authority of the caller has, and of no other. */
export function asCaller<T>(
  { database }: Context,
  request: FastifyRequest,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  return database.asAuthority(callerOf(request).authorityId, work)
}
