// Who waits for a connection while all are taken: few, and not for long. The rest are told at once: in a longer queue
// everybody would be answered late.
import type pg from 'pg'
import { DatabaseUnreachable } from './unreachable.ts'

const WAITING_A_CONNECTION = 4
const PATIENCE_MS = 2_000

/** Gives a connection of the pool at once, or in turn. Making a new one is not waiting: it may take the pool's own time. */
export function queueFor(pool: pg.Pool, size: number): () => Promise<pg.PoolClient> {
  let waiting = 0

  async function inTurn(): Promise<pg.PoolClient> {
    const { promise, resolve, reject } = Promise.withResolvers<pg.PoolClient>()
    let isGone = false
    const leave = setTimeout(() => {
      isGone = true
      reject(new DatabaseUnreachable(`no connection was free within ${PATIENCE_MS} ms`))
    }, PATIENCE_MS)
    pool.connect().then((client) => (isGone ? client.release() : resolve(client)), reject)
    try {
      return await promise
    } finally {
      clearTimeout(leave)
    }
  }

  return async () => {
    if (pool.idleCount > 0 || pool.totalCount < size) return pool.connect()
    if (waiting >= WAITING_A_CONNECTION * size)
      throw new DatabaseUnreachable('as many wait for a connection as may')
    waiting += 1
    try {
      return await inTurn()
    } finally {
      waiting -= 1
    }
  }
}
