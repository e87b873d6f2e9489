// Answers whose JSON is a text already: stored, or put together from texts.
import type { FastifyReply } from 'fastify'
import type { Written } from '../../../operations/write-once.ts'

export function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json').send(text)
}

/** One object: a few members, then those of an object that is a text. */
export function withMembers(members: object, text: string): string {
  return `${JSON.stringify(members).slice(0, -1)},${text.slice(1)}`
}

/** Answers with what a request created under its key, at first or before; `path` is that of the resource's kind. */
export function sendCreated(
  reply: FastifyReply,
  path: string,
  { answer: { id, text }, replayed }: Written<{ readonly id: string; readonly text: string }>,
  status: 201 | 202 = 201,
): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true')
  return sendJson(reply.code(status).header('location', `/v1/${path}/${id}`), text)
}
