// What the routes are given: the few things that outlive a request. Everything else is an argument.
import type { onRequestAsyncHookHandler } from 'fastify'
import type { Threads } from '../operations/calibration/threads.ts'
import { dayInEngland } from '../operations/day-in-england.ts'
import type { PublishedVersions } from '../operations/published-versions.ts'
import type { Database } from '../store/database.ts'
import type { AppendIntake } from '../store/intakes.ts'
import type { Scope } from './scopes.ts'

export type Context = {
  readonly database: Database
  readonly published: PublishedVersions
  readonly appendIntake: AppendIntake
  /** The onRequest hook that lets through only callers with one of the scopes. */
  readonly allow: (...scopes: readonly Scope[]) => onRequestAsyncHookHandler
  readonly publicEstimatesPerMinute: number
  /** For sums that would hold up other requests. */
  readonly threads: Threads
}

/** Today in England: the day on which a table is published, and after which no assessment can be dated. */
export function today(): string {
  return dayInEngland(new Date())
}
