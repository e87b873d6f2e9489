// Tokens are made elsewhere and may name anybody: a caller counts only for an authority that was created here.
import { findAuthority } from '../../../store/authorities.ts'
import type { Database } from '../../../store/database.ts'
import type { CredentialCheck } from './caller.ts'

const CACHE_MS = 10_000
const CACHE_MOST = 10_000

/** As `check`, and refuses a caller of an authority that has no row. Finds are kept ten seconds, misses never. */
export function knownAuthority(database: Database, check: CredentialCheck): CredentialCheck {
  const knownUntil = new Map<string, number>()

  async function isKnown(authorityId: string): Promise<boolean> {
    if ((knownUntil.get(authorityId) ?? 0) > performance.now()) return true
    knownUntil.delete(authorityId)
    if ((await findAuthority(database, authorityId)) === null) return false
    if (knownUntil.size >= CACHE_MOST) knownUntil.clear()
    knownUntil.set(authorityId, performance.now() + CACHE_MS)
    return true
  }

  return async (credential) => {
    const found = await check(credential)
    if (found === null || 'refused' in found) return found
    return (await isKnown(found.authorityId)) ? found : { refused: 'unknown authority' }
  }
}
