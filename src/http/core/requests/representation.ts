// Which of the forms that a resource has the caller wants, by the Accept header; and what stands around its pages.
import accepts from 'accepts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'

/** The offered type that the caller prefers; the first where there is no preference. Refuses `not-acceptable`. */
export function preferred<const T extends readonly string[]>(request: FastifyRequest, offered: T): T[number] {
  const type = accepts(request.raw).type([...offered])
  if (typeof type === 'string') return type
  throw new Refusal(
    'not-acceptable',
    `This address offers ${offered.join(', ')}. Accept one of these formats.`,
  )
}

/** The Content-Security-Policy of a page: what is in it, and nothing that runs, is loaded or is sent; `styleSource` names its own style. */
export function pagePolicy(styleSource: string): string {
  return `default-src 'none'; style-src ${styleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

/** Marks an answer as a page under its policy. */
export function asPage(reply: FastifyReply, policy: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', policy)
}
