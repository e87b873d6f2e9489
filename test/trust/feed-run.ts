// The feed under writers (P8): transactions of random length, rollbacks, one held open for seconds, two sequencers at
// once, and a reader that polls as a dashboard would. The suite runs it short, `npm run drill -- feed` long.
import pg from 'pg'
import { startSequencer } from '../../src/store/sequencer.ts'
import type { TestAuthority, TestService } from '../support/service.ts'
import { actFor } from './connections.ts'
import { appendEvent } from './events.ts'

export type FeedRun = {
  readonly committed: number
  readonly rolledBack: number
  /** Committed and never read. */
  readonly missed: number
  /** Read and never committed. */
  readonly invented: number
  /** Read at another index than the one after the last. */
  readonly outOfOrder: number
  readonly polls: number
}

export type FeedRunOptions = {
  readonly writers: number
  readonly events: number
  readonly heldOpenMs: number
}

export async function runFeed(
  service: TestService,
  authority: TestAuthority,
  { writers, events, heldOpenMs }: FeedRunOptions,
): Promise<FeedRun> {
  const committed = new Set<string>()
  const rolledBack = new Set<string>()
  const rivals = [service.database, service.database].map((database) =>
    startSequencer(database, null, (error) => {
      throw error
    }),
  )
  const share = Math.ceil(events / writers)
  const writing = Promise.all([
    ...Array.from({ length: writers }, () =>
      withClient(service.applicationUrl, (client) =>
        write(client, authority.id, share, committed, rolledBack),
      ),
    ),
    withClient(service.applicationUrl, async (client) => {
      await client.query('begin')
      const first = await appendEvent(client, authority.id)
      await pause(heldOpenMs)
      const last = await appendEvent(client, authority.id)
      await client.query('commit')
      committed.add(first).add(last)
    }),
  ])
  let done = false
  const stopped = writing.finally(() => {
    done = true
  })
  const read = await poll(service, authority, () => (done ? committed.size : Number.POSITIVE_INFINITY))
  await stopped
  for (const rival of rivals) await rival.stop()
  return {
    committed: committed.size,
    rolledBack: rolledBack.size,
    missed: [...committed].filter((id) => !read.ids.has(id)).length,
    invented: [...read.ids].filter((id) => !committed.has(id)).length,
    outOfOrder: read.outOfOrder,
    polls: read.polls,
  }
}

async function write(
  client: pg.Client,
  authority: string,
  share: number,
  committed: Set<string>,
  rolledBack: Set<string>,
): Promise<void> {
  for (let done = 0; done < share; ) {
    const ids: string[] = []
    await client.query('begin')
    for (let more = 1 + chance(6); more > 0; more -= 1) {
      ids.push(await appendEvent(client, authority))
      if (chance(20) === 0) await pause(chance(30))
    }
    const keeps = chance(7) !== 0
    await client.query(keeps ? 'commit' : 'rollback')
    for (const id of ids) (keeps ? committed : rolledBack).add(id)
    if (keeps) done += ids.length
  }
}

// Reads on from the last index it saw, and never looks back; gives up only when nothing has come for 15 seconds.
async function poll(service: TestService, authority: TestAuthority, expected: () => number) {
  const ids = new Set<string>()
  let [after, outOfOrder, polls, lastNews] = [-1, 0, 0, performance.now()]
  while (ids.size < expected() && performance.now() - lastNews < 15_000) {
    const response = await service.app.inject({
      url: `/v1/feed?after=${after}&limit=${1 + chance(1000)}`,
      headers: authority.author,
    })
    if (response.statusCode !== 200) throw new Error(response.body)
    const page = response.json<{ data: { logIndex: number; eventId: string }[]; nextAfter: number }>()
    polls += 1
    for (const { logIndex, eventId } of page.data) {
      if (logIndex !== after + 1 || ids.has(eventId)) outOfOrder += 1
      after = logIndex
      ids.add(eventId)
    }
    if (page.nextAfter !== after) outOfOrder += 1
    if (page.data.length > 0) lastNews = performance.now()
    else await pause(20)
  }
  return { ids, outOfOrder, polls }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await actFor(client, '')
    await work(client)
  } finally {
    await client.end()
  }
}

const chance = (of: number) => Math.floor(Math.random() * of)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
