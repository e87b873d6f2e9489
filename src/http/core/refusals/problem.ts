// Refusals as RFC 9457 problem documents: one form for every error that leaves the service, also for requests that never
// become one: too slow, too large in their head, or not HTTP.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS } from '../../../contract/problems.ts'
import { Refusal } from '../../../contract/refusal.ts'

const PROBLEM_TYPE = 'application/problem+json'

function problemDocument({ code, message, faults }: Refusal, instance: string) {
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

/** Fastify's `clientErrorHandler`: answers on the bare socket, and closes it. */
export function refuseClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem = problemOf(error.code)
  const { status } = PROBLEMS[problem.code]
  const body = JSON.stringify(problemDocument(problem, '/'))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function problemOf(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Refusal('request-timeout', 'The whole request did not arrive within ten seconds. Resend it.')
  }
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Refusal('headers-too-large', 'The headers are larger than 16 kB. Send shorter ones.')
  return new Refusal('request-invalid', 'The request is not valid HTTP. Fix it and resend.')
}
