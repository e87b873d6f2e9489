// The two headers in which callers choose a text that stays: a key for ever, a correlation id in the log. No NHS number
// stands in either; that is told together with whatever else is wrong with the form of the request.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Fault, faultsIn, Refusal } from '../../../contract/refusal.ts'
import { hasNhsNumber } from '../../../domain/assessment/nhs-number.ts'
import { withoutNhsNumber } from '../bodies/schema-fault.ts'

const CHOSEN = { 'idempotency-key': 'a key of your own', 'x-correlation-id': 'an id of your own' } as const

export function registerCallerHeaders(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    const faults = headerFaults(request)
    if (faults.length > 0) throw new Refusal('request-invalid', faultsIn('The head', faults), { faults })
  })
}

function headerFaults({ headers }: FastifyRequest): readonly Fault[] {
  return Object.entries(CHOSEN).flatMap(([name, expected]) => {
    const text = String(headers[name] ?? '')
    if (!hasNhsNumber(text)) return []
    const detail = `Found an NHS number; expected ${expected}. ${withoutNhsNumber(text)}`
    return [{ pointer: `/headers/${name}`, code: 'ref-nhs-number', detail }]
  })
}

/** What is wrong with the form of a request, with what is wrong in these headers: a body is looked at before them. */
export function withHeaderFaults(request: FastifyRequest, problem: Refusal): Refusal {
  if (problem.code !== 'request-invalid' || problem.faults.length === 0) return problem
  const more = headerFaults(request).filter(
    ({ pointer }) => !problem.faults.some((fault) => fault.pointer === pointer),
  )
  if (more.length === 0) return problem
  const faults = [...problem.faults, ...more]
  return new Refusal('request-invalid', faultsIn('The request', faults), { faults, headers: problem.headers })
}
