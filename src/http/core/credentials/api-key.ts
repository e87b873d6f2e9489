// API keys: `oras_{authorityId}_{keyId}_{secret}`. The authority is set from the key before its row is read, so
// nobody can learn of another authority's keys; only a SHA-256 of the 256-bit secret is ever stored.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AUTHORITY_PATTERN } from '../../../contract/primitives.ts'
import { findApiKey, type StoredApiKey } from '../../../store/credentials.ts'
import type { Database } from '../../../store/database.ts'
import type { Caller, Refused } from './caller.ts'
import { isScope } from './scopes.ts'

const FORM = new RegExp(`^oras_(${AUTHORITY_PATTERN.slice(1, -1)})_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$`)

export type NewApiKey = { readonly keyId: string; readonly secretHash: Buffer; readonly text: string }

/** A new key: `text` is shown once and never stored. */
export function makeApiKey(authorityId: string): NewApiKey {
  const keyId = randomBytes(6).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { keyId, secretHash: hashOf(secret), text: `oras_${authorityId}_${keyId}_${secret}` }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

// A revocation bites within this time on every replica.
const CACHE_MS = 10_000
const CACHE_MOST = 10_000

/** Checks API keys. Finds are cached for ten seconds, misses never. */
export function apiKeyCheck(database: Database): (key: string) => Promise<Caller | Refused | null> {
  const cache = new Map<string, { readonly stored: StoredApiKey; readonly until: number }>()

  async function load(authorityId: string, keyId: string): Promise<StoredApiKey | null> {
    const id = `${authorityId}_${keyId}`
    const known = cache.get(id)
    if (known !== undefined && known.until > performance.now()) return known.stored
    cache.delete(id)
    const stored = await findApiKey(database, authorityId, keyId)
    if (stored === null) return null
    if (cache.size >= CACHE_MOST) cache.clear()
    cache.set(id, { stored, until: performance.now() + CACHE_MS })
    return stored
  }

  return async (key) => {
    const [, authorityId, keyId, secret] = FORM.exec(key) ?? []
    if (authorityId === undefined || keyId === undefined || secret === undefined) return null
    const stored = await load(authorityId, keyId)
    const matches = timingSafeEqual(hashOf(secret), stored?.secretHash ?? NO_KEY)
    if (stored === null) return { refused: 'unknown' }
    if (!matches) return { refused: 'wrong secret' }
    const { clientId, subjectId, scopes, revoked, subjectRevoked, expiresAt } = stored
    if (revoked) return { refused: 'revoked' }
    if (subjectRevoked) return { refused: 'subject-denied' }
    if (expiresAt !== null && expiresAt.getTime() <= Date.now()) return { refused: 'expired' }
    return { authorityId, clientId, subjectId, scopes: new Set(scopes.filter(isScope)), keyId, expiresAt }
  }
}

// Compared against when there is no such key, so that a miss takes as long as a wrong secret.
const NO_KEY = Buffer.alloc(32)
