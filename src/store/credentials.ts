// Reads credentials. They are written by the command line only, with the migrating role (src/cli/openras.ts).
import type { Database } from './database.ts'

export type StoredApiKey = {
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: readonly string[]
  readonly secretHash: Buffer
  readonly expiresAt: Date | null
  readonly revoked: boolean
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
      .select([
        'k.client_id',
        'k.subject_id',
        'k.scopes',
        'k.secret_hash',
        'k.expires_at',
        'r.key_id as revoked',
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
  }
}
