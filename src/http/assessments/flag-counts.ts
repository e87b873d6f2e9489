// What is counted of the flags of allocations as they are recorded, and the one that whoever runs the service is told of:
// a table that prices assessments after its year.
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { StoredAllocation } from '../../contract/allocation/allocation.ts'
import { today } from '../../operations/day-in-england.ts'

export type Flagged = Pick<StoredAllocation, 'flags' | 'table'>
export type FlagCounts = (authorityId: string, allocation: Flagged) => void

/** Each table is told of once a day, however many assessments it prices. */
export function flagCounts(
  { Counter }: FastifyInstance['metrics']['client'],
  logger: Pick<Logger, 'warn'>,
): FlagCounts {
  const flagged = new Counter({
    name: 'openras_allocations_flagged_total',
    help: 'Allocations recorded with a flag, by the code of the flag.',
    labelNames: ['flag'],
  })
  const told = new Map<string, string>()
  return (authorityId, { flags, table }) => {
    // Several rules may refer one case, and it is one case.
    const codes = new Set(flags.map(({ code }) => code))
    for (const flag of codes) flagged.labels({ flag }).inc()
    if (table === null || !codes.has('table-past-its-year')) return
    const { key, version } = table
    const name = `${authorityId} ${key} ${version}`
    const day = today()
    if (told.get(name) === day) return
    told.set(name, day)
    logger.warn({ authority: authorityId, table: { key, version } }, 'table past its year')
  }
}
