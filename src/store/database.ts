// The one way to the database. Tenancy is a property of the transaction: every statement runs with an authority set
// for its transaction only, under row-level security. The pool itself stays in this file.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { queueFor } from './pool-queue.ts'
import type { Schema } from './schema.ts'
import { named } from './unreachable.ts'

export type Transaction = Kysely<Schema>

/** The functions of the schema that are one round trip each; all take the authority first. */
export type HotFunction = 'find_request' | 'read_events' | 'read_feed' | 'take_run_step'

export type Database = {
  /** Runs `work` in one transaction in which only the authority's rows exist. */
  asAuthority<T>(authorityId: string, work: (trx: Transaction) => Promise<T>): Promise<T>
  /** Calls one hot function in a transaction of its own, in a single round trip. */
  call<Row extends object>(authorityId: string, name: HotFunction, args: readonly unknown[]): Promise<Row[]>
  /**
   * Appends events, each a list of the members of `openras.entry`, in one transaction and a single round trip. Waits so
   * long for a lock, and never longer than any other statement.
   */
  append<Row extends object>(
    authorityId: string,
    entries: readonly (readonly unknown[])[],
    lockMs?: number,
  ): Promise<Row[]>
  /** Gives indices of the log to committed events of all authorities; returns how many. */
  sequenceEvents(most: number): Promise<number>
  /** The logs of all authorities that have grown since their last checkpoint. */
  unsignedLogs(most: number): Promise<readonly UnsignedLog[]>
  /** Keeps a checkpoint; false where a later one is kept already. */
  keepNote(authorityId: string, size: number, note: string): Promise<boolean>
  /** Calibration runs of all authorities that nobody works on: queued, or left by a runner that is gone. */
  waitingRuns(most: number): Promise<readonly { authorityId: string; runId: string }[]>
  /** Runs a read that belongs to no authority: settings, roles, schema versions. */
  inspect<Row extends object>(sql: string): Promise<Row[]>
  /** How the pool is doing, for metrics and readiness. */
  pool(): { total: number; idle: number; waiting: number }
  close(): Promise<void>
}

/** A log that is larger than its last checkpoint, which is null before the first. */
export type UnsignedLog = {
  readonly authorityId: string
  readonly size: number
  readonly root: Buffer
  readonly note: string | null
}

export type DatabaseOptions = {
  readonly url: string
  readonly poolSize: number
  /** Told of connections that broke while idle; without a listener they would end the process. */
  readonly onIdleError: (error: Error) => void
}

// A server that answers late must not hold a request for ever: waiting for a connection, a lock and a statement
// each have an end, and the error says which it was.
const CONNECT_MS = 5_000
const LOCK_MS = 2_000
const STATEMENT_MS = 10_000
const QUERY_MS = 12_000

export function openDatabase({ url, poolSize, onIdleError }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'openras',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    types: { getTypeParser },
  })
  pool.on('error', onIdleError)
  // A connection that breaks while in use also rejects its query, and that is where it is dealt with; but the event
  // must have a listener, or it ends the process.
  pool.on('connect', (client) => client.on('error', () => {}))

  const inTurn = queueFor(pool, poolSize)

  async function withConnection<T>(
    work: (connection: Connection) => Promise<T>,
    connect: () => Promise<pg.PoolClient> = inTurn,
  ): Promise<T> {
    const client = await connect().catch((error: unknown) => {
      throw named(error, error instanceof pg.DatabaseError)
    })
    const connection = watched(client)
    try {
      return await work(connection)
    } finally {
      client.release(!connection.sound())
    }
  }

  return {
    asAuthority: (authorityId, work) =>
      withConnection((connection) => inTransaction(connection, authorityId, work)),
    call: (authorityId, name, args) =>
      withConnection(async ({ query }) => {
        const { rows } = await query({ ...statement(name, args.length + 1), values: [authorityId, ...args] })
        return rows
      }),
    append: (authorityId, entries, lockMs = LOCK_MS) =>
      withConnection(async ({ query }) => {
        const values = [authorityId, lockMs, ...entries.flat()]
        const { rows } = await query({ ...appending(entries.length, entries[0]?.length ?? 0), values })
        return rows
      }),
    sequenceEvents: (most) =>
      withConnection(async ({ query }) => {
        const { rows } = await query({
          text: 'select openras.sequence_events($1) as entered',
          values: [most],
        })
        return rows[0].entered
      }),
    unsignedLogs: (most) =>
      withConnection(async ({ query }) => {
        const text =
          'select authority_id as "authorityId", size::float8, root, note from openras.unsigned_logs($1)'
        return (await query({ text, values: [most] })).rows
      }),
    keepNote: (authorityId, size, note) =>
      withConnection(async ({ query }) => {
        const text = 'select openras.keep_note($1, $2, $3) as kept'
        return (await query({ text, values: [authorityId, size, note] })).rows[0].kept
      }),
    waitingRuns: (most) =>
      withConnection(async ({ query }) => {
        const text = 'select authority_id as "authorityId", run_id as "runId" from openras.waiting_runs($1)'
        return (await query({ text, values: [most] })).rows
      }),
    // Asked to know how the database is; not that many ask it.
    inspect: (sql) =>
      withConnection(
        async ({ query }) => (await query({ text: sql })).rows,
        () => pool.connect(),
      ),
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}

type Connection = {
  // biome-ignore lint/suspicious/noExplicitAny: rows are typed by the callers, who know their statement
  query(config: pg.QueryConfig): Promise<pg.QueryResult<any>>
  sound(): boolean
}

// A statement that PostgreSQL refused leaves a sound connection. Anything else (a time-out, a broken socket, a
// server going down) leaves one in an unknown state, which must not go back to the pool.
function watched(client: pg.PoolClient): Connection {
  let sound = true
  return {
    sound: () => sound,
    async query(config) {
      try {
        return await client.query(config)
      } catch (error) {
        const isRefusal = error instanceof pg.DatabaseError
        if (!isRefusal || /^(08|53|57)/.test(error.code ?? '08')) sound = false
        throw named(error, isRefusal)
      }
    },
  }
}

async function inTransaction<T>(
  connection: Connection,
  authorityId: string,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  await connection.query({ text: 'begin' })
  try {
    await connection.query({
      text: "select set_config('openras.authority_id', $1, true)",
      values: [authorityId],
    })
    const result = await work(kyselyOver(connection))
    await connection.query({ text: 'commit' })
    return result
  } catch (error) {
    if (connection.sound()) await connection.query({ text: 'rollback' })
    throw error
  }
}

// A query builder bound to one open transaction. It owns nothing, so it needs no closing.
function kyselyOver(connection: Connection): Transaction {
  const client = {
    query: (text: string, values: unknown[]) => connection.query({ text, values }),
    release: () => {},
  }
  const pool = { connect: async () => client, end: async () => {} }
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) })
}

type Statement = { readonly name: string; readonly text: string }

// Every connection prepares each of these once, under its name.
const statements = new Map<string, Statement>()

function prepared(name: string, text: () => string): Statement {
  const known = statements.get(name)
  if (known !== undefined) return known
  const made = { name, text: text() }
  statements.set(name, made)
  return made
}

function statement(name: HotFunction, count: number): Statement {
  return prepared(name, () => `select * from openras.${name}(${parameters(1, count)})`)
}

function appending(entries: number, members: number): Statement {
  return prepared(`append_${entries}`, () => {
    const rows = Array.from({ length: entries }, (_, i) => parameters(3 + i * members, members))
    const list = rows.map((row) => `row(${row})::openras.entry`).join(', ')
    return `select * from openras.append($1, $2, array[${list}])`
  })
}

function parameters(first: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ')
}

// Dates stay the text they are: a policy date has no time zone to be shifted by.
const DATE_OID = 1082

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === DATE_OID ? (value) => value : pg.types.getTypeParser(oid, format as 'text')
}

/** PostgreSQL's five-character code of an error, when it is one. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** Whether a statement gave up waiting for the first request with its key, and not for some other lock. */
export function waitedForKey(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError && error.code === '55P03' && /relation "event"/.test(error.where ?? '')
  )
}

/** The named constraint that a statement violated, when it did. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined
}
