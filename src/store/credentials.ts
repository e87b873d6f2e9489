// Reads credentials. They are written by the command line only, with the migrating role (src/cli/openras.ts).
import type { Database } from './database.ts'

export type StoredApiKey = {
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: readonly string[]
  readonly secretHash: Buffer
  readonly expiresAt: Date | null
  readonly revoked: boolean
  /** Whether the subject of the key is. */
  readonly subjectRevoked: boolean
}

/** The key of an authority, or null. */
export async function findApiKey(
  database: Database,
  authorityId: string,
  keyId: string,
): Promise<StoredApiKey | null> {
  const row = await database.asAuthority(authorityId, (trx) =>
    trx
      .selectFrom('openras.api_key as k')
      .leftJoin('openras.api_key_revocation as r', (join) =>
        join.onRef('r.authority_id', '=', 'k.authority_id').onRef('r.key_id', '=', 'k.key_id'),
      )
      .leftJoin('openras.subject_revocation as s', (join) =>
        join.onRef('s.authority_id', '=', 'k.authority_id').onRef('s.subject_id', '=', 'k.subject_id'),
      )
      .select([
        'k.client_id',
        'k.subject_id',
        'k.scopes',
        'k.secret_hash',
        'k.expires_at',
        'r.key_id as revoked',
        's.subject_id as subject_revoked',
      ])
      .where('k.key_id', '=', keyId)
      .executeTakeFirst(),
  )
  if (row === undefined) return null
  return {
    clientId: row.client_id,
    subjectId: row.subject_id,
    scopes: row.scopes,
    secretHash: row.secret_hash,
    expiresAt: row.expires_at,
    revoked: row.revoked !== null,
    subjectRevoked: row.subject_revoked !== null,
  }
}

export type Standing = 'good' | 'unknown authority' | 'subject-denied'

/** Whether an authority was created here, and whether the subject may act for it. */
export async function findStanding(
  database: Database,
  authorityId: string,
  subjectId: string,
): Promise<Standing> {
  const row = await database.asAuthority(authorityId, (trx) =>
    trx
      .selectFrom('openras.authority as a')
      .leftJoin('openras.subject_revocation as s', (join) =>
        join.onRef('s.authority_id', '=', 'a.authority_id').on('s.subject_id', '=', subjectId),
      )
      .select('s.subject_id as revoked')
      .where('a.authority_id', '=', authorityId)
      .limit(1)
      .executeTakeFirst(),
  )
  if (row === undefined) return 'unknown authority'
  return row.revoked === null ? 'good' : 'subject-denied'
}
