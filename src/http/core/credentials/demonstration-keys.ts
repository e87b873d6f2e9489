// The two keys of the demonstration: two subjects with every scope, so that one person's draft can be published by
// another on a laptop. They are known in memory only, and the service offers them on a loopback address alone.
import type { Caller, CredentialCheck } from './caller.ts'
import { SCOPES } from './scopes.ts'

export const DEMONSTRATION_AUTHORITY = 'demo'
export const DEMONSTRATION_CLIENT = 'demonstration'
export const DEMONSTRATION_AUTHOR = 'demo-author'
export const DEMONSTRATION_PUBLISHER = 'demo-publisher'

export function demonstrationCaller(subjectId: string): Caller {
  return {
    authorityId: DEMONSTRATION_AUTHORITY,
    clientId: DEMONSTRATION_CLIENT,
    subjectId,
    scopes: new Set(SCOPES),
    keyId: null,
    expiresAt: null,
  }
}

/** The key is the subject's own name. */
export const demonstrationCheck: CredentialCheck = async (credential) =>
  credential === DEMONSTRATION_AUTHOR || credential === DEMONSTRATION_PUBLISHER
    ? demonstrationCaller(credential)
    : null
