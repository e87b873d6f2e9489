// Refusals as RFC 9457 problem documents: one form for every error that leaves the service.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DomainError } from '../domain/errors.ts'
import type { AnyFaultCode } from './fault-catalogue.ts'
import { PROBLEMS, type ProblemCode } from './problem-catalogue.ts'

export const PROBLEM_TYPE = 'application/problem+json'

export type ProblemFault = { readonly pointer: string; readonly code: AnyFaultCode; readonly detail: string }

/** A refusal by the protocol or the store, with the headers that go with it. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly faults: readonly ProblemFault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    {
      faults = [],
      headers = {},
    }: { faults?: readonly ProblemFault[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.faults = faults
    this.headers = headers
  }
}

/** The refusal of everything that does not exist, is another authority's, or is not said to be either. */
export function notFound(): Problem {
  return new Problem(
    'not-found',
    'There is no such resource for this authority. Check the address and the id.',
  )
}

export function problemOf(error: DomainError): Problem {
  return new Problem(error.code, error.message, { faults: error.faults })
}

export function problemDocument({ code, message, faults }: Problem, instance: string) {
  const { status, title } = PROBLEMS[code]
  return { type: `/problems/${code}`, title, status, detail: message, instance, code, errors: faults }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
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
