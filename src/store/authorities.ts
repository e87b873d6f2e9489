// Authorities: who they are, and how their decisions are challenged. The latest revision is the one that counts.
import type { Database } from './database.ts'

export type Authority = { readonly title: string; readonly challengeRoute: string }

export async function findAuthority(database: Database, authorityId: string): Promise<Authority | null> {
  const row = await database.asAuthority(authorityId, (trx) =>
    trx
      .selectFrom('openras.authority')
      .select(['title', 'challenge_route'])
      .where('authority_id', '=', authorityId)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst(),
  )
  return row === undefined ? null : { title: row.title, challengeRoute: row.challenge_route }
}
