// Tokens are made elsewhere and may name anybody: a caller counts only for an authority that was created here, and only
// while nobody has revoked the subject here.
import { findStanding, type Standing } from '../../../store/credentials.ts'
import type { Database } from '../../../store/database.ts'
import type { CredentialCheck } from './caller.ts'

const CACHE_MS = 10_000
const CACHE_MOST = 10_000

/**
 * As `check`, and refuses a caller of an authority that has no row, or whose subject is revoked. Who may call is kept
 * ten seconds, who may not never.
 */
export function knownAuthority(database: Database, check: CredentialCheck): CredentialCheck {
  const goodUntil = new Map<string, number>()

  async function standingOf(authorityId: string, subjectId: string): Promise<Standing> {
    const id = `${authorityId} ${subjectId}`
    if ((goodUntil.get(id) ?? 0) > performance.now()) return 'good'
    goodUntil.delete(id)
    const standing = await findStanding(database, authorityId, subjectId)
    if (standing !== 'good') return standing
    if (goodUntil.size >= CACHE_MOST) goodUntil.clear()
    goodUntil.set(id, performance.now() + CACHE_MS)
    return standing
  }

  return async (credential) => {
    const found = await check(credential)
    if (found === null || 'refused' in found) return found
    const standing = await standingOf(found.authorityId, found.subjectId)
    return standing === 'good' ? found : { refused: standing }
  }
}
