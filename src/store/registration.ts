// Writes who may call: authorities, clients, subjects and keys. Only the command line does this, with the migrating
// role acting as the owner; the owner is under row-level security too, so each transaction is one authority's.
import { type InsertQueryBuilder, type InsertResult, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Transaction } from './database.ts'
import type { Schema } from './schema.ts'

/** What the rows already there forbid, in words for an operator. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

const CONNECT_MS = 5_000
const STATEMENT_MS = 10_000

/** Runs `work` in one transaction as the owner of the tables; `url` is the migrating role's. */
export async function asOwner<T>(
  url: string,
  authorityId: string,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: 'openras-cli',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
  })
  // What was done is committed: a connection that the server ends before it is let go ends no process.
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`set local role openras_owner`.execute(trx)
      await sql`select set_config('openras.authority_id', ${authorityId}, true)`.execute(trx)
      return await work(trx)
    })
  } finally {
    await db.destroy()
  }
}

export type AuthorityRow = {
  readonly authorityId: string
  readonly title: string
  readonly challengeRoute: string
}

export async function createAuthority(trx: Transaction, row: AuthorityRow, at: Date): Promise<void> {
  if (!(await insertAuthority(trx, row, 1, at)))
    throw new CommandRefused(
      `The authority ${row.authorityId} exists already. To change it, use "authority update".`,
    )
}

/** Adds the authority's next revision, which is the one that counts from then on; returns its number. */
export async function updateAuthority(trx: Transaction, row: AuthorityRow, at: Date): Promise<number> {
  const revision = (await latestRevision(trx, row.authorityId)) + 1
  if (!(await insertAuthority(trx, row, revision, at)))
    throw new CommandRefused(
      `Someone else updated the authority ${row.authorityId} just now. Look, and run it again.`,
    )
  return revision
}

async function insertAuthority(
  trx: Transaction,
  { authorityId, title, challengeRoute }: AuthorityRow,
  revision: number,
  at: Date,
): Promise<boolean> {
  const row = { authority_id: authorityId, revision, title, challenge_route: challengeRoute, recorded_at: at }
  return inserted(trx.insertInto('openras.authority').values(row))
}

async function latestRevision(trx: Transaction, authorityId: string): Promise<number> {
  const row = await trx
    .selectFrom('openras.authority')
    .select(({ fn }) => fn.max('revision').as('revision'))
    .where('authority_id', '=', authorityId)
    .executeTakeFirst()
  if (typeof row?.revision === 'number') return row.revision
  throw new CommandRefused(`There is no authority ${authorityId}. Create it with "authority create" first.`)
}

export type ClientRow = { readonly authorityId: string; readonly clientId: string; readonly title: string }

export async function createClient(trx: Transaction, row: ClientRow, at: Date): Promise<void> {
  const { authorityId, clientId, title } = row
  await latestRevision(trx, authorityId)
  const values = { authority_id: authorityId, client_id: clientId, title, recorded_at: at }
  refuseTaken('client', clientId, await inserted(trx.insertInto('openras.client').values(values)))
}

export type SubjectRow = {
  readonly authorityId: string
  readonly subjectId: string
  readonly kind: 'person' | 'system'
}

export async function createSubject(trx: Transaction, row: SubjectRow, at: Date): Promise<void> {
  const { authorityId, subjectId, kind } = row
  await latestRevision(trx, authorityId)
  const values = { authority_id: authorityId, subject_id: subjectId, kind, recorded_at: at }
  refuseTaken('subject', subjectId, await inserted(trx.insertInto('openras.subject').values(values)))
}

export type SubjectRevocation = {
  readonly authorityId: string
  readonly subjectId: string
  readonly reason: string
}

/** Of any subject, created here or named by tokens alone: from then on nobody acts in its name. */
export async function revokeSubject(trx: Transaction, row: SubjectRevocation, at: Date): Promise<void> {
  const { authorityId, subjectId, reason } = row
  await latestRevision(trx, authorityId)
  const values = { authority_id: authorityId, subject_id: subjectId, reason, recorded_at: at }
  if (!(await inserted(trx.insertInto('openras.subject_revocation').values(values))))
    throw new CommandRefused(`The subject ${subjectId} is revoked already.`)
}

export type ApiKeyRow = {
  readonly authorityId: string
  readonly keyId: string
  readonly secretHash: Buffer
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
}

export async function createApiKey(trx: Transaction, row: ApiKeyRow, at: Date): Promise<void> {
  const { authorityId, clientId, subjectId } = row
  await latestRevision(trx, authorityId)
  const clients = trx.selectFrom('openras.client').select('client_id').where('authority_id', '=', authorityId)
  refuseMissing('client', clientId, await clients.where('client_id', '=', clientId).executeTakeFirst())
  const subjects = trx.selectFrom('openras.subject').select('kind').where('authority_id', '=', authorityId)
  refuseMissing('subject', subjectId, await subjects.where('subject_id', '=', subjectId).executeTakeFirst())
  await trx
    .insertInto('openras.api_key')
    .values({
      authority_id: authorityId,
      key_id: row.keyId,
      client_id: clientId,
      subject_id: subjectId,
      scopes: [...row.scopes],
      secret_hash: row.secretHash,
      expires_at: row.expiresAt,
      recorded_at: at,
    })
    .execute()
}

function refuseTaken(kind: 'client' | 'subject', id: string, isNew: boolean): void {
  if (!isNew) throw new CommandRefused(`The ${kind} ${id} exists already. Use it, or choose another id.`)
}

function refuseMissing(kind: 'client' | 'subject', id: string, found: object | undefined): void {
  if (found !== undefined) return
  throw new CommandRefused(`There is no ${kind} ${id}. Create it with "${kind} create" first.`)
}

export type Revocation = { readonly authorityId: string; readonly keyId: string; readonly reason: string }

export async function revokeApiKey(trx: Transaction, row: Revocation, at: Date): Promise<void> {
  const { authorityId, keyId, reason } = row
  const found = (await listApiKeys(trx, authorityId)).find((key) => key.keyId === keyId)
  if (found === undefined)
    throw new CommandRefused(
      `The authority ${authorityId} has no key ${keyId}. "key list" shows those it has.`,
    )
  const values = { authority_id: authorityId, key_id: keyId, reason, recorded_at: at }
  if (!(await inserted(trx.insertInto('openras.api_key_revocation').values(values))))
    throw new CommandRefused(`The key ${keyId} is revoked already, since ${found.revokedAt?.toISOString()}.`)
}

export type ListedApiKey = {
  readonly keyId: string
  readonly clientId: string
  readonly subjectId: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly reason: string | null
}

/** The keys of an authority, oldest first, without anything of their secrets. */
export async function listApiKeys(trx: Transaction, authorityId: string): Promise<readonly ListedApiKey[]> {
  await latestRevision(trx, authorityId)
  return trx
    .selectFrom('openras.api_key as k')
    .leftJoin('openras.api_key_revocation as r', (join) =>
      join.onRef('r.authority_id', '=', 'k.authority_id').onRef('r.key_id', '=', 'k.key_id'),
    )
    .select(['k.key_id as keyId', 'k.client_id as clientId', 'k.subject_id as subjectId', 'k.scopes'])
    .select(['k.expires_at as expiresAt', 'r.recorded_at as revokedAt', 'r.reason'])
    .where('k.authority_id', '=', authorityId)
    .orderBy('k.recorded_at')
    .orderBy('k.key_id')
    .execute()
}

// Of two that add the same row at once, one is told; nothing has to be looked at first.
async function inserted<Table extends keyof Schema>(
  insert: InsertQueryBuilder<Schema, Table, InsertResult>,
): Promise<boolean> {
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  return result?.numInsertedOrUpdatedRows === 1n
}
