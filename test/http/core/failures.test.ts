// What is told, logged and counted when the database does not answer: the truth about the key, no advice that does
// not apply, and never a value. What is a mistake of the program is not passed off as a busy database.
import { randomUUID } from 'node:crypto'
import type { FastifyError } from 'fastify'
import { sql } from 'kysely'
import t from 'tap'
import { problemFor } from '../../../src/http/core/refusals/errors.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { DatabaseUnreachable } from '../../../src/store/unreachable.ts'
import { asAdmin, intake, record, startService, type TestService } from '../../support/service.ts'
import { connect } from '../../trust/connections.ts'
import { get, refused } from '../driver.ts'

const problemOf = (error: unknown, keyed = false) => problemFor(error as FastifyError, keyed)
// The shipped table is past its year on any day of these tests, and that is no failure.
const warned = ({ logged }: TestService) =>
  logged
    .map((line) => JSON.parse(line))
    .filter(({ level, msg }) => level === 'warn' && msg !== 'table past its year')
const metrics = async ({ app }: TestService) => (await app.inject('/metrics')).body

t.test('a table locked as a migration locks it', async (t) => {
  const service = await startService(t, { sequencer: false })
  const avon = await service.authority('avon', { sampled: true })
  const recorded = await record(service, avon, intake())
  const holder = await connect(t, service.adminUrl)
  await holder.query('begin')
  await holder.query('lock table openras.event in access exclusive mode')
  const [written, read] = await Promise.all([
    record(service, avon, intake({ personRef: 'zq7canary' })),
    get(service, avon.author, `/v1/allocations/${recorded.json().allocation.id}`, {
      'idempotency-key': 'of no use here',
    }),
  ])
  await holder.query('rollback')
  refused(t, written, 'busy')
  t.match(
    written.json().detail,
    /may or may not be stored: resend the same request with the same Idempotency-Key/,
  )
  refused(t, read, 'busy')
  t.notMatch(read.json().detail, /Idempotency-Key/, 'who reads has no key to send')
  for (const answer of [written, read]) t.match(answer.headers['retry-after'], /^\d+$/)
  const lines = warned(service)
  t.equal(lines.length, 2, 'each has a line of the log')
  for (const line of lines)
    t.match(line, { problem: 'busy', err: { type: 'DatabaseError', code: '55P03' }, correlationId: String })
  t.notMatch(service.logged.join('\n'), /zq7canary/)
  t.match(await metrics(service), /^openras_failures_total\{sqlstate_class="55"\} 2$/m)
})

t.test('only who waits for the first request with their own key is told so', async (t) => {
  const service = await startService(t, { sequencer: false })
  const avon = await service.authority('avon', { sampled: true })
  const first = await record(service, avon, intake())
  const key = randomUUID()
  const holder = await connect(t, service.adminUrl)
  await holder.query('begin')
  await holder.query(
    `insert into openras.event (authority_id, event_id, facet_id, claim, envelope)
     select authority_id, gen_random_uuid(), facet_id, openras.claim_of('case-management', $1), '{}' from openras.event
     limit 1`,
    [key],
  )
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => record(service, avon, intake())),
    record(service, avon, intake(), key),
    ...Array.from({ length: 4 }, () => record(service, avon, intake())),
  ])
  await holder.query('rollback')
  const [waited] = answers.splice(4, 1)
  if (waited === undefined) throw new Error('there is one')
  refused(t, waited, 'idempotency-key-in-use')
  t.match(waited.headers['retry-after'], /^\d+$/)
  for (const answer of answers) t.equal(answer.statusCode, 201, 'those that came with it are stored')
  t.equal(first.statusCode, 201)
  t.strictSame(warned(service), [], 'a copy that comes too early is nobody’s failure')
  t.equal((await record(service, avon, intake(), key)).statusCode, 201)
})

t.test('a database that is away is told, logged and counted as that', async (t) => {
  const database = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/x',
    poolSize: 2,
    onIdleError: () => {},
  })
  t.teardown(() => database.close())
  const error = await database.inspect('select 1').catch((found: unknown) => found)
  t.type(error, DatabaseUnreachable)
  t.match(error, { code: 'ECONNREFUSED' })
  t.match(problemOf(error), {
    code: 'busy',
    message: 'The database could not be reached in time. Resend the request.',
  })
})

t.test('a mistake of the program is one, whatever words it uses', async (t) => {
  for (const message of ['Connection of two lists failed', 'the timeout is undefined', 'terminated'])
    t.equal(problemOf(new Error(message), true).code, 'internal-error', message)
  const service = await startService(t, { sequencer: false })
  const circular: unknown[] = []
  circular.push(circular)
  const asked = service.database.call('avon', 'read_feed', [{ circular }, 1])
  const error = await asked.catch((found: unknown) => found)
  t.type(error, TypeError, 'also within the driver')
  t.equal(problemOf(error).code, 'internal-error')
  t.strictSame(await asAdmin(service.adminUrl, 'select 1 as one'), [{ one: 1 }])
})

t.test('few wait for a connection, and not for long', async (t) => {
  const service = await startService(t, { sequencer: false })
  const small = openDatabase({ url: service.applicationUrl, poolSize: 2, onIdleError: () => {} })
  t.teardown(() => small.close())
  const holdFor = (seconds: number) =>
    small.asAuthority('avon', (trx) => sql`select pg_sleep(${sql.lit(seconds)})`.execute(trx))
  const ask = async () => {
    const began = performance.now()
    const ended = await small.call('avon', 'find_request', ['client', 'key']).catch((error: Error) => error)
    return { ended: ended instanceof Error ? ended.message : 'answered', ms: performance.now() - began }
  }
  const held = [holdFor(3.5), holdFor(3.5)]
  await new Promise((resolve) => setTimeout(resolve, 500))
  const asked = await Promise.all(Array.from({ length: 10 }, ask))
  const turnedAway = asked.filter(({ ended }) => /as many wait/.test(ended))
  const waited = asked.filter(({ ended }) => ended === 'no connection was free within 2000 ms')
  t.equal(turnedAway.length, 2, 'eight wait for two')
  t.ok(turnedAway.every(({ ms }) => ms < 1_000))
  t.equal(waited.length, 8)
  t.ok(waited.every(({ ms }) => ms >= 1_990))
  t.strictSame(await small.inspect('select 1 as one'), [{ one: 1 }], 'who asks how it is waits in any case')
  await Promise.all(held)
  const after = await Promise.all([ask(), ask(), ask()])
  t.strictSame(
    after.map(({ ended }) => ended),
    ['answered', 'answered', 'answered'],
    'those who left hold nothing',
  )
})
