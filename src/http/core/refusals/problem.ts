// Refusals as RFC 9457 problem documents: one form for every error that leaves the service.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS } from '../../../contract/problems.ts'
import { Refusal } from '../../../contract/refusal.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** The refusal of everything that does not exist, is another authority's, or is not said to be either. */
export function notFound(): Refusal {
  return new Refusal(
    'not-found',
    'There is no such resource for this authority. Check the address and the id.',
  )
}

export function problemDocument({ code, message, faults }: Refusal, instance: string) {
  const { status, title } = PROBLEMS[code]
  return { type: `/problems/${code}`, title, status, detail: message, instance, code, errors: faults }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Refusal): FastifyReply {
  const { status } = PROBLEMS[problem.code]
  return (
    reply
      .code(status)
      // A handler may have tagged the answer that it then could not give; a refusal has no version of its own.
      .removeHeader('etag')
      .headers(problem.headers)
      .header('cache-control', 'no-store')
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemDocument(problem, pathOf(request))))
  )
}

/** The path of a request without its query, as problems and logs name it. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/'
}
