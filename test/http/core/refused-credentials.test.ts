// Wrong credentials, one after another: how many an address may send, which address that is behind a proxy, and what
// the operators read of each.
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import t from 'tap'
import { requireCaller } from '../../../src/http/core/credentials/caller.ts'
import { demonstrationCheck } from '../../../src/http/core/credentials/demonstration-keys.ts'
import { refusalCount } from '../../../src/http/core/credentials/refusal-count.ts'
import { registerErrorHandling } from '../../../src/http/core/refusals/errors.ts'
import { createLogger } from '../../../src/logger.ts'
import { type Proxies, trusted } from '../../../src/proxies.ts'

const PROXY = '10.0.0.1'
const STRANGER = '192.0.2.9'

/** One door of the service, and nothing behind it. */
async function door(most: number, proxies: Proxies = 0) {
  const logged: string[] = []
  const loggerInstance: FastifyBaseLogger = createLogger('info', { write: (line) => void logged.push(line) })
  const logController = new LogController({ disableRequestLogging: true })
  const app = Fastify({ loggerInstance, logController, trustProxy: trusted(proxies) })
  registerErrorHandling(app, { refusal: () => {}, failure: () => {} })
  const count = await refusalCount(app, most)
  app.get('/', { onRequest: requireCaller([demonstrationCheck], count, { all: [] }) }, async ({ ip }) => ip)
  const knock = async (key: string, from = STRANGER, forwarded?: string) => {
    const { statusCode, headers, body } = await app.inject({
      url: '/',
      remoteAddress: from,
      headers: {
        authorization: `Bearer ${key}`,
        ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
      },
    })
    return { status: statusCode, pause: headers['retry-after'], body }
  }
  return { knock, logged }
}

const statuses = async (times: number, work: (turn: number) => Promise<{ status: number }>) => {
  const found: number[] = []
  for (let turn = 1; turn <= times; turn += 1) found.push((await work(turn)).status)
  return found
}

t.test('the twenty-first wrong credential in a minute is told to wait, and each is logged', async (t) => {
  const { knock, logged } = await door(20)
  t.strictSame(await statuses(20, () => knock('wrong')), Array(20).fill(401))
  const next = await knock('wrong')
  t.match(next, { status: 429, pause: '60' })
  t.match(JSON.parse(next.body), {
    code: 'rate-limited',
    detail: /more than 20 wrong credentials in a minute/,
  })
  const events = logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'credential refused')
  t.equal(events.length, 21)
  t.ok(events.every(({ reason }) => reason === 'unknown'))
  t.notMatch(logged.join(), /wrong|192\.0\.2/, 'neither the credential nor the address')
})

t.test('a right credential is taken all the same, and another address counts for itself', async (t) => {
  const { knock } = await door(2)
  t.strictSame(await statuses(4, () => knock('wrong')), [401, 401, 429, 429])
  t.equal((await knock('demo-author')).status, 200)
  t.equal((await knock('wrong', '192.0.2.10')).status, 401)
})

t.test('right credentials are not counted', async (t) => {
  const { knock } = await door(1)
  t.strictSame(await statuses(5, () => knock('demo-author')), Array(5).fill(200))
  t.strictSame(await statuses(2, () => knock('wrong')), [401, 429])
})

t.test('without a proxy no header gives another address', async (t) => {
  const { knock } = await door(1)
  t.strictSame(await statuses(3, (turn) => knock('wrong', STRANGER, `1.2.3.${turn}`)), [401, 429, 429])
})

t.test('a proxy that appends is believed of what it appended, and of nothing before', async (t) => {
  for (const proxies of [1, [PROXY], ['10.0.0.0/8']]) {
    const { knock } = await door(1, proxies)
    const seen = async (turn: number, caller: string) => knock('wrong', PROXY, `1.2.3.${turn}, ${caller}`)
    t.strictSame(
      [...(await statuses(3, (turn) => seen(turn, '9.9.9.9'))), (await seen(4, '9.9.9.8')).status],
      [401, 429, 429, 401],
      String(proxies),
    )
    t.equal((await knock('demo-author', PROXY, '1.2.3.4, 9.9.9.9')).body, '9.9.9.9')
  }
})

t.test('two proxies in a row are two hops, or two networks', async (t) => {
  const chain = '1.2.3.4, 9.9.9.9, 10.0.0.2'
  for (const [proxies, caller] of [
    [1, '10.0.0.2'],
    [2, '9.9.9.9'],
    [3, '1.2.3.4'],
    [[PROXY], '10.0.0.2'],
    [[PROXY, '10.0.0.2'], '9.9.9.9'],
  ] as const) {
    const { knock } = await door(1, proxies)
    t.equal((await knock('demo-author', PROXY, chain)).body, caller, String(proxies))
  }
})

t.test('whoever comes past the proxy is believed nothing, where the networks are named', async (t) => {
  const { knock } = await door(1, ['10.0.0.0/8'])
  t.equal((await knock('demo-author', STRANGER, '9.9.9.9')).body, STRANGER)
  t.equal((await knock('demo-author', '11.0.0.1', '9.9.9.9')).body, '11.0.0.1')
})
