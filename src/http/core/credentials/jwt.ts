// OAuth2 access tokens: who may sign them, how and for whom is set beforehand; nothing a token says about its own
// key, algorithm or issuer is followed. What is wrong with a refused token is told to the operators alone.
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { ACTOR_FORM, AUTHORITY_FORM } from '../../../contract/primitives.ts'
import { Refusal } from '../../../contract/refusal.ts'
import { parseStrictJson } from '../bodies/strict-json.ts'
import type { Caller, CredentialCheck, Refused } from './caller.ts'
import { isScope, type Scope } from './scopes.ts'

export type JwtSettings = {
  readonly issuer: string
  readonly audience: string
  readonly jwksUrl: string
  /** The longest that a token may be good for, from when it was issued. */
  readonly maxLifetimeSeconds: number
}

const TOKEN_FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const MOST_BYTES = 8192
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 5
// Of a token issued later than this by our clock, nobody knows when it was issued.
const ISSUED_AHEAD_SECONDS = 60
// Signed by the same keys, logout and security-event tokens are no access tokens and say so in their type.
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt'])

/** Checks access tokens of one issuer. Throws the refusal `unavailable` when its keys are out of reach. */
export function jwtCheck({ issuer, audience, jwksUrl, maxLifetimeSeconds }: JwtSettings): CredentialCheck {
  const keys = issuerKeys(new URL(jwksUrl))
  return async (token) => {
    if (!TOKEN_FORM.test(token)) return null
    if (token.length > MOST_BYTES || !isUnambiguous(token)) return { refused: 'malformed' }
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'iat'],
      })
      if (!TYPES.has(protectedHeader.typ?.toLowerCase())) return { refused: 'not an access token' }
      const unfit = lifetimeFault(payload, maxLifetimeSeconds)
      return unfit === null ? callerIn(payload) : { refused: unfit }
    } catch (error) {
      if (error instanceof Refusal) throw error
      return { refused: reasonOf(error) }
    }
  }
}

// A token cannot be called back from whoever has it, so it must end by itself before long.
function lifetimeFault({ exp, iat }: JWTPayload, most: number): Refused['refused'] | null {
  // Neither is missing: that was asked above.
  const [issued, ends] = [iat ?? Number.NaN, exp ?? Number.NaN]
  if (issued > Date.now() / 1000 + ISSUED_AHEAD_SECONDS) return 'issued in the future'
  return ends - issued <= most ? null : 'lives too long'
}

const OF_CLAIMS: Readonly<Record<string, Refused['refused']>> = {
  iss: 'wrong issuer',
  aud: 'wrong audience',
  nbf: 'not valid yet',
}

function reasonOf(error: unknown): Refused['refused'] {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isLifetime = error.claim === 'exp' || error.claim === 'iat'
    return isLifetime && error.reason === 'missing'
      ? 'no lifetime in it'
      : (OF_CLAIMS[error.claim] ?? 'malformed')
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'unknown signing key'
  const isOfAlgorithm = error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported
  return isOfAlgorithm ? 'algorithm not accepted' : 'malformed'
}

// Two readers must not be able to read one token differently: no repeated names, no stray bits in the base64.
function isUnambiguous(token: string): boolean {
  const parts = token.split('.').map((text) => ({ text, bytes: Buffer.from(text, 'base64url') }))
  if (parts.some(({ text, bytes }) => bytes.toString('base64url') !== text)) return false
  return parts.slice(0, 2).every(({ bytes }) => parseStrictJson(bytes).ok)
}

function callerIn(claims: JWTPayload): Caller | Refused {
  // Such a token counts only with a proof that its holder has a key, and that proof is not read here.
  if (claims.cnf !== undefined) return { refused: 'bound to a key' }
  if (claims.client_id !== undefined && claims.azp !== undefined && claims.client_id !== claims.azp)
    return { refused: 'malformed' }
  const authorityId = textOf(claims.openras_authority, AUTHORITY_FORM)
  const clientId = textOf(claims.client_id ?? claims.azp, ACTOR_FORM)
  const subjectId = textOf(claims.sub, ACTOR_FORM)
  const scopes = scopesIn(claims.scope)
  if (authorityId === null) return { refused: 'no authority in it' }
  if (clientId === null) return { refused: 'no client in it' }
  if (subjectId === null) return { refused: 'no subject in it' }
  if (scopes.size === 0) return { refused: 'no known scope in it' }
  const expiresAt = claims.exp === undefined ? null : new Date(claims.exp * 1000)
  return { authorityId, clientId, subjectId, scopes, keyId: null, expiresAt }
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
