// The service and its PostgreSQL, killed and stopped under load: what was acknowledged is there afterwards.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { madeDataFolder, temporaryFolder } from '../embedded/fixture.ts'
import { intake } from '../support/examples.ts'
import { runCrashes } from './crash-run.ts'
import { adminUrlOf, started, startProcess } from './service-process.ts'

// One store for both: the kills come to what the stop has left.
const folder = await temporaryFolder()
const dataDir = await madeDataFolder(folder.path, 'data')
t.teardown(() => folder.remove())
const stopped = { key: randomUUID(), payload: intake(), body: '' }

t.test(
  'told to stop, it finishes what it has begun and ends well; a second one beside it does not start',
  async (t) => {
    const first = await started({ DATA_DIR: dataDir })
    const second = await startProcess({ DATA_DIR: dataDir })
    t.match(second, { code: 1 })
    t.match(second.log.join(''), /is in use by a running process/)

    const release = await holdWrites(await adminUrlOf(dataDir))
    const answer = post(first.address, stopped.key, stopped.payload)
    await delay(300)
    const ended = first.end('SIGTERM')
    await delay(700)
    await release()
    const { status, body } = await answer
    t.equal(status, 201, body)
    t.equal(await ended, 0, first.log.slice(-8).join('\n'))
    stopped.body = body
  },
)

t.test('three kinds of kill under 4 clients lose, double and halve nothing', async (t) => {
  const run = await runCrashes(dataDir, { rounds: 3, clients: 4, writesForMs: [150, 300], earlier: 1 })
  const { acknowledged, uncertain, faults, service } = run
  t.same(faults, [])
  t.ok(acknowledged > 10, `${acknowledged} acknowledged`)
  t.ok(uncertain > 0, `${uncertain} were cut off`)
  const { key, payload, body } = stopped
  t.same(
    await post(service.address, key, payload),
    { status: 201, body },
    'nor what was answered before a stop',
  )
  t.equal(await service.end('SIGTERM'), 0)
})

async function holdWrites(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await client.query('lock table openras.event in exclusive mode')
  return async () => {
    await client.query('commit')
    await client.end()
  }
}

async function post(address: string, key: string, payload: object) {
  const response = await fetch(`${address}/v1/assessments`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer demo-author',
      'idempotency-key': key,
      'content-type': 'application/json',
    },
    body: JSON.stringify(payload),
  })
  return { status: response.status, body: await response.text() }
}
