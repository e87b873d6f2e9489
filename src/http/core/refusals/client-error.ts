// Requests that never become one: too slow, too large in their head, or not HTTP. They too are refused by name.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PROBLEMS } from '../../../contract/problems.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { PROBLEM_TYPE, problemDocument } from './problem.ts'

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
  return new Refusal(
    'request-invalid',
    'The request is not valid HTTP, or its headers are too large. Fix it and resend.',
  )
}
