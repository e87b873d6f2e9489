// What is counted of requests that failed: by the SQLSTATE behind them and by nothing of the request.
import type { FastifyInstance } from 'fastify'
import { RecordAltered } from '../../../domain/log/altered.ts'
import { sqlState } from '../../../store/database.ts'
import { DatabaseUnreachable } from '../../../store/unreachable.ts'

export type FailureCounts = {
  /** A value that passed the schemas and that only the database refused. */
  refusal(state: string): void
  /** An answer of 500 or above. */
  failure(error: unknown): void
}

export function failureCounts({ Counter }: FastifyInstance['metrics']['client']): FailureCounts {
  const refusals = new Counter({
    name: 'openras_database_refusals_total',
    help: 'Values that the database refused and the schemas had let through; each is a fault of this service.',
    labelNames: ['sqlstate'],
  })
  const failures = new Counter({
    name: 'openras_failures_total',
    help: 'Answers of 500 and above by the class of the SQLSTATE behind them; "unreachable": the database did not answer; "altered": what is stored is not what was recorded; "none": it had no part in it.',
    labelNames: ['sqlstate_class'],
  })
  return {
    refusal: (state) => refusals.labels({ sqlstate: state }).inc(),
    failure: (error) => failures.labels({ sqlstate_class: classOf(error) }).inc(),
  }
}

function classOf(error: unknown): string {
  if (error instanceof DatabaseUnreachable) return 'unreachable'
  if (error instanceof RecordAltered) return 'altered'
  return sqlState(error)?.slice(0, 2) ?? 'none'
}
