// The tree over an authority's log as it is kept: where it ends, its stored nodes, and what stands at an event.
import { type RawBuilder, sql } from 'kysely'
import type { StoredNode } from '../domain/log/frontier.ts'
import type { StoredNodes } from '../domain/log/proof.ts'
import type { Transaction } from './database.ts'

export type LogHead = {
  readonly size: number
  /** The last checkpoint that was signed, as a note; null before the first. */
  readonly note: string | null
  readonly noteSize: number
}

/** Null while the authority has no entry. */
export async function findHead(trx: Transaction): Promise<LogHead | null> {
  const { rows } = await sql<{ size: string; note: string | null; note_size: string }>`
    select size, note, note_size from openras.log_head`.execute(trx)
  const [row] = rows
  return row === undefined
    ? null
    : { size: Number(row.size), note: row.note, noteSize: Number(row.note_size) }
}

/** The stored nodes of these runs; level 0 is the leaves themselves. */
export async function readNodes(trx: Transaction, runs: readonly StoredNodes[]): Promise<StoredNode[]> {
  const found: StoredNode[] = []
  for (const { level, first, count } of runs) {
    const { rows } = await sql<{ node: string; hash: Buffer }>`${nodes(level, first, count)}`.execute(trx)
    found.push(...rows.map(({ node, hash }) => ({ level, node: Number(node), hash })))
  }
  return found
}

function nodes(level: number, first: number, count: number): RawBuilder<unknown> {
  const last = first + count - 1
  return level === 0
    ? sql`select log_index as node, leaf_hash as hash from openras.log_entry
        where log_index between ${first} and ${last} order by log_index`
    : sql`select node, hash from openras.log_node
        where level = ${level} and node between ${first} and ${last} order by node`
}

export type Entered = { readonly logIndex: number; readonly leafHash: Buffer }

/** Where an event stands in the log; null where it is not in it yet, and undefined where there is no such event. */
export async function findEntry(trx: Transaction, eventId: string): Promise<Entered | null | undefined> {
  const { rows } = await sql<{ log_index: string | null; leaf_hash: Buffer }>`
    select l.log_index, e.leaf_hash from openras.event e
    left join openras.log_entry l on l.authority_id = e.authority_id and l.event_id = e.event_id
    where e.event_id = ${eventId}::uuid`.execute(trx)
  const [row] = rows
  if (row === undefined) return undefined
  return row.log_index === null ? null : { logIndex: Number(row.log_index), leafHash: row.leaf_hash }
}
