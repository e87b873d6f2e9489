// Who calls: established once, before the body is read, and handed to the handlers that ask for it.
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Refusal } from '../../../contract/refusal.ts'
import type { RefusalCount } from './refusal-count.ts'
import { alternatives, type Needed, type Scope } from './scopes.ts'

/** `clientId` is the integrating system, whose keys may change; `subjectId` the person or system that acts. */
export type Caller = {
  readonly authorityId: string
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: ReadonlySet<Scope>
  /** The public part of an API key; null for any other credential. */
  readonly keyId: string | null
  readonly expiresAt: Date | null
}

/** Why a credential is refused, for the operators alone: nothing of the credential itself is in it. */
export type Refused = {
  readonly refused:
    | 'unknown'
    | 'malformed'
    | 'subject-denied'
    | 'no lifetime in it'
    | 'lives too long'
    | 'issued in the future'
    | 'wrong secret'
    | 'revoked'
    | 'expired'
    | 'not valid yet'
    | 'wrong issuer'
    | 'wrong audience'
    | 'wrong signature'
    | 'unknown signing key'
    | 'algorithm not accepted'
    | 'not an access token'
    | 'bound to a key'
    | 'no authority in it'
    | 'unknown authority'
    | 'no client in it'
    | 'no subject in it'
    | 'no known scope in it'
}

/** Checks one kind of credential: the caller it stands for, why there is none, or null for one of another kind. */
export type CredentialCheck = (credential: string) => Promise<Caller | Refused | null>

const callers = new WeakMap<FastifyRequest, Caller>()

/** The caller of a request that `requireCaller` let through. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('a route without requireCaller asks for its caller')
  return caller
}

/**
 * An onRequest hook: a good credential with the scopes needed, or a 401, 403 or 429. Each check is asked in turn, and
 * each refusal counted: a good credential is taken however many were refused, since many callers share one address.
 */
export function requireCaller(
  checks: readonly CredentialCheck[],
  countRefusal: RefusalCount,
  needed: Needed,
): onRequestAsyncHookHandler {
  const enough = alternatives(needed)
  return async (request, reply) => {
    // What is answered is for this caller alone: a cache in between may keep it only to ask whether it still holds.
    reply.header('cache-control', 'private, no-cache')
    const { authorization } = request.headers
    if (authorization === undefined) throw missing()
    const credential = credentialIn(authorization)
    const caller = credential === null ? UNREADABLE : await firstOf(checks, credential)
    if ('refused' in caller) {
      request.log.info({ reason: caller.refused }, 'credential refused')
      throw (await countRefusal(request)) ?? refused(caller)
    }
    if (!enough.some((scopes) => scopes.every((scope) => caller.scopes.has(scope)))) {
      throw new Refusal(
        'scope-missing',
        `The credential lacks the scope ${wordsOf(enough)}. Ask the authority for one that has it.`,
        { headers: insufficient(enough) },
      )
    }
    callers.set(request, caller)
  }
}

function wordsOf(enough: readonly (readonly Scope[])[]): string {
  return enough.map((scopes) => scopes.join(' with ')).join(' or ')
}

const UNKNOWN = { refused: 'unknown' } as const
/** The header itself, and not what stands in it. */
const UNREADABLE = { refused: 'malformed' } as const

async function firstOf(checks: readonly CredentialCheck[], credential: string): Promise<Caller | Refused> {
  let why: Refused = UNKNOWN
  for (const check of checks) {
    const found = await check(credential)
    if (found !== null && 'authorityId' in found) return found
    why = found ?? why
  }
  return why
}

function missing(): Refusal {
  return new Refusal(
    'credential-missing',
    'There is no Authorization header. Send "Bearer <key or token>", or Basic with the key as password.',
    { headers: challenge('Bearer realm="openras"') },
  )
}

// Which of these it is, a stranger could use; the operators read it in the log.
function refused(why: Refused): Refusal {
  // Whoever hears this holds a genuine credential, and another of the same subject would not help.
  if (why.refused === 'subject-denied')
    return new Refusal(
      'subject-denied',
      'The subject of this credential was revoked. Ask the authority for one of another subject.',
    )
  const detail =
    why === UNREADABLE
      ? 'The Authorization header cannot be read. Send "Bearer <key or token>" or "Basic <base64>".'
      : 'The credential is unknown, wrong, expired or revoked. Check the key or token.'
  return new Refusal('credential-refused', detail, {
    headers: challenge('Bearer realm="openras", error="invalid_token"'),
  })
}

function challenge(bearer: string): Readonly<Record<string, string>> {
  return { 'www-authenticate': `${bearer}, Basic realm="openras", charset="UTF-8"` }
}

// RFC 6750, 3.1. One way that is enough is named, so that nobody is led to ask for more than they need.
function insufficient([scopes = []]: readonly (readonly Scope[])[]): Readonly<Record<string, string>> {
  const needed = scopes.join(' ')
  return { 'www-authenticate': `Bearer realm="openras", error="insufficient_scope", scope="${needed}"` }
}

// Excel, Tableau and Grafana know HTTP Basic: there the key stands as the password, and the name says nothing.
function credentialIn(header: string): string | null {
  const [, scheme, value] = /^(bearer|basic) +([^\s]+)$/i.exec(header) ?? []
  if (scheme === undefined || value === undefined) return null
  if (scheme.toLowerCase() === 'bearer') return value
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
