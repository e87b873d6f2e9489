// OAuth2 access tokens: who may sign them, how and for whom is set beforehand; nothing a token says about its own
// key, algorithm or issuer is followed. What is wrong with a refused token is told to nobody.
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { ACTOR_FORM, AUTHORITY_FORM } from '../../../contract/primitives.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { parseStrictJson } from '../bodies/strict-json.ts'
import type { Caller, CredentialCheck } from './caller.ts'
import { isScope, type Scope } from './scopes.ts'

export type JwtSettings = { readonly issuer: string; readonly audience: string; readonly jwksUrl: string }

const TOKEN_FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const MOST_BYTES = 8192
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 5
// Signed by the same keys, logout and security-event tokens are no access tokens and say so in their type.
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt'])

/** Checks access tokens of one issuer: the caller one stands for, or null; a Problem when the keys are out of reach. */
export function jwtCheck({ issuer, audience, jwksUrl }: JwtSettings): CredentialCheck {
  const keys = issuerKeys(new URL(jwksUrl))
  return async (token) => {
    if (token.length > MOST_BYTES || !TOKEN_FORM.test(token) || !isUnambiguous(token)) return null
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp'],
      })
      return TYPES.has(protectedHeader.typ?.toLowerCase()) ? callerIn(payload) : null
    } catch (error) {
      if (error instanceof Refusal) throw error
      return null
    }
  }
}

// Two readers must not be able to read one token differently: no repeated names, no stray bits in the base64.
function isUnambiguous(token: string): boolean {
  const parts = token.split('.').map((text) => ({ text, bytes: Buffer.from(text, 'base64url') }))
  if (parts.some(({ text, bytes }) => bytes.toString('base64url') !== text)) return false
  return parts.slice(0, 2).every(({ bytes }) => parseStrictJson(bytes).ok)
}

function callerIn(claims: Readonly<Record<string, unknown>>): Caller | null {
  // Such a token counts only with a proof that its holder has a key, and that proof is not read here.
  if (claims.cnf !== undefined) return null
  if (claims.client_id !== undefined && claims.azp !== undefined && claims.client_id !== claims.azp)
    return null
  const authorityId = textOf(claims.openras_authority, AUTHORITY_FORM)
  const clientId = textOf(claims.client_id ?? claims.azp, ACTOR_FORM)
  const subjectId = textOf(claims.sub, ACTOR_FORM)
  const scopes = scopesIn(claims.scope)
  if (authorityId === null || clientId === null || subjectId === null || scopes.size === 0) return null
  return { authorityId, clientId, subjectId, scopes }
}

function textOf(claim: unknown, form: RegExp): string | null {
  return typeof claim === 'string' && form.test(claim) ? claim : null
}

function scopesIn(claim: unknown): ReadonlySet<Scope> {
  return new Set(typeof claim === 'string' ? claim.split(' ').filter(isScope) : [])
}

const FETCH_MS = 3_000
// A key unknown so far is looked for at once, unless the last look was just now: forged key ids are free to make.
const COOLDOWN_MS = 10_000
const CACHE_MS = 600_000
const AFTER_FAILURE_MS = 2_000

function issuerKeys(url: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: FETCH_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: CACHE_MS,
    [customFetch]: pausingAfterFailure(),
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (isTokensFault(error)) throw error
      throw unreachable()
    }
  }
}

function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function unreachable(): Refusal {
  return new Refusal(
    'unavailable',
    "The token issuer's keys cannot be fetched, so no token can be checked. Resend in a few seconds.",
    { headers: { 'retry-after': '2' } },
  )
}

// Without a pause, each request of a busy hour would knock once more at an issuer that is down.
function pausingAfterFailure(): FetchImplementation {
  let pauseUntil = 0
  return async (url, options) => {
    if (performance.now() < pauseUntil) throw new Error('the last fetch failed just now')
    try {
      const response = await fetch(url, options)
      if (response.status !== 200) throw new Error(`found status ${response.status}, expected 200`)
      return response
    } catch (error) {
      pauseUntil = performance.now() + AFTER_FAILURE_MS
      throw error
    }
  }
}
