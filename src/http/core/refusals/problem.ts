// Refusals as RFC 9457 problem documents: one form for every error that leaves the service.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS } from '../../../contract/problems.ts'
import type { Refusal } from '../../../contract/refusal.ts'

export const PROBLEM_TYPE = 'application/problem+json'

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
