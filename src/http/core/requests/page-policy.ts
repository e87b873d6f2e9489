// The Content-Security-Policy of the service's pages: what is in them, and nothing that runs, is loaded or is sent.
import type { FastifyReply } from 'fastify'

/** `styleSource` names the page's own style. */
export function pagePolicy(styleSource: string): string {
  return `default-src 'none'; style-src ${styleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

/** Marks an answer as a page under its policy. */
export function asPage(reply: FastifyReply, policy: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', policy)
}
