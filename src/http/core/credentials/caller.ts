// Who calls: established once, before the body is read, and handed to the handlers that ask for it.
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import { alternatives, type Needed, type Scope } from './scopes.ts'

/** `clientId` is the integrating system, whose keys may change; `subjectId` the person or system that acts. */
export type Caller = {
  readonly authorityId: string
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: ReadonlySet<Scope>
}

/** Checks one kind of credential: the caller it stands for, or null. */
export type CredentialCheck = (credential: string) => Promise<Caller | null>

const callers = new WeakMap<FastifyRequest, Caller>()

/** The caller of a request that `requireCaller` let through. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('a route without requireCaller asks for its caller')
  return caller
}

/** An onRequest hook: a good credential with the scopes needed, or a 401 or 403. Each check is asked in turn. */
export function requireCaller(checks: readonly CredentialCheck[], needed: Needed): onRequestAsyncHookHandler {
  const enough = alternatives(needed)
  return async (request, reply) => {
    // What is answered is for this caller alone: a cache in between may keep it only to ask whether it still holds.
    reply.header('cache-control', 'private, no-cache')
    const credential = credentialIn(request.headers.authorization)
    const caller = await firstOf(checks, credential)
    if (caller === null)
      throw refused(
        'credential-refused',
        'The credential is unknown, wrong, expired or revoked. Check the key or token.',
      )
    if (!enough.some((scopes) => scopes.every((scope) => caller.scopes.has(scope)))) {
      throw new Refusal(
        'scope-missing',
        `The credential lacks the scope ${wordsOf(enough)}. Ask the authority for one that has it.`,
      )
    }
    callers.set(request, caller)
  }
}

function wordsOf(enough: readonly (readonly Scope[])[]): string {
  return enough.map((scopes) => scopes.join(' with ')).join(' or ')
}

async function firstOf(checks: readonly CredentialCheck[], credential: string): Promise<Caller | null> {
  for (const check of checks) {
    const caller = await check(credential)
    if (caller !== null) return caller
  }
  return null
}

function refused(code: 'credential-missing' | 'credential-refused', detail: string): Refusal {
  const headers = { 'www-authenticate': 'Bearer realm="openras", Basic realm="openras", charset="UTF-8"' }
  return new Refusal(code, detail, { headers })
}

// Excel, Tableau and Grafana know HTTP Basic: there the key stands as the password, and the name says nothing.
function credentialIn(header: string | undefined): string {
  if (header === undefined) {
    throw refused(
      'credential-missing',
      'There is no Authorization header. Send "Bearer <key or token>", or Basic with the key as password.',
    )
  }
  const [, scheme, value] = /^(bearer|basic) +([^\s]+)$/i.exec(header) ?? []
  if (scheme === undefined || value === undefined) {
    throw refused(
      'credential-refused',
      'The Authorization header cannot be read. Send "Bearer <key or token>" or "Basic <base64>".',
    )
  }
  if (scheme.toLowerCase() === 'bearer') return value
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
