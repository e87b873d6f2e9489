// A database that stands still: as many writers as readers ask at once while the events are locked, and whoever asks
// whether the service lives is told so all the time. Every answer is the work done, or a refusal that says when to come
// back, in time; afterwards every writer gets their answer.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import pg from 'pg'
import { startSequencer } from '../../src/store/sequencer.ts'
import { asAdmin } from '../support/admin.ts'
import { intake, type TestService } from '../support/service.ts'

/** What a client waits at most, and what a check of life may take on a busy machine. */
const IN_TIME_MS = 6_000
const ALIVE_MS = 500

type Answer = {
  readonly status: number
  readonly retryAfter: unknown
  readonly body: string
  readonly ms: number
}

export type Stalled = {
  readonly faults: readonly string[]
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>
  readonly slowestMs: number
  readonly slowestLifeMs: number
}

/** `service` has no sequencer of its own: its waiting is looked at too. */
export async function runStalled(
  service: TestService,
  { writers, readers, stalledMs }: { writers: number; readers: number; stalledMs: number },
): Promise<Stalled> {
  const faults: string[] = []
  const ticks: unknown[] = []
  const sequencer = startSequencer(service.database, null, (error) => ticks.push(error))
  const holder = new pg.Client({ connectionString: service.adminUrl })
  try {
    const { author } = await service.authority('avon', { sampled: true })
    const inject = async (request: InjectOptions): Promise<Answer> => {
      const before = performance.now()
      const { statusCode: status, headers, body } = await service.app.inject(request)
      return { status, retryAfter: headers['retry-after'], body, ms: performance.now() - before }
    }
    const intakes = Array.from({ length: writers }, () => ({ key: randomUUID(), payload: intake() }))
    const write = ({ key, payload }: (typeof intakes)[number]) =>
      inject({
        method: 'POST',
        url: '/v1/assessments',
        headers: { ...author, 'idempotency-key': key },
        payload,
      })
    const read = () => inject({ url: '/v1/feed', headers: author })

    await holder.connect()
    await holder.query('begin; lock table openras.event in access exclusive mode')
    const asked = Promise.all([...intakes.map(write), ...Array.from({ length: readers }, read)])
    const until = performance.now() + stalledMs
    let slowestLifeMs = 0
    while (performance.now() < until) {
      const life = await inject({ url: '/health/live' })
      if (life.status !== 200) faults.push(`alive was answered ${life.status}`)
      slowestLifeMs = Math.max(slowestLifeMs, life.ms)
      await delay(100)
    }
    await holder.query('commit')

    const answers = await asked
    for (const { status, retryAfter, body, ms } of answers) {
      if (![200, 201, 409, 503].includes(status)) faults.push(`${status}: ${body}`)
      if (status > 201 && !/^\d+$/.test(String(retryAfter))) faults.push(`${status} without Retry-After`)
      if (ms >= IN_TIME_MS) faults.push(`${status} after ${Math.round(ms)} ms`)
    }
    if (slowestLifeMs >= ALIVE_MS) faults.push(`alive after ${Math.round(slowestLifeMs)} ms`)
    if (ticks.length === 0) faults.push('the log did not have to wait: nothing was locked')

    for (const one of intakes) {
      const { status, body } = await write(one)
      if (status !== 201) faults.push(`afterwards ${status}: ${body}`)
    }
    const [row] = await asAdmin(
      service.adminUrl,
      'select count(*)::int as n from openras.event where on_date is not null',
    )
    if (row?.n !== writers) faults.push(`${row?.n} allocations of ${writers} intakes`)
    await service.sequenced()
    const counted = Map.groupBy(answers, ({ status }) => status)
    return {
      faults,
      statuses: Object.fromEntries([...counted].map(([status, { length }]) => [status, length])),
      slowestMs: Math.round(Math.max(...answers.map(({ ms }) => ms))),
      slowestLifeMs: Math.round(slowestLifeMs),
    }
  } finally {
    await holder.end()
    await sequencer.stop()
  }
}
