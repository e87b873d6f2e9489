// What is not HTTP, or not a request that can be read, is refused on the bare socket in the same form as the rest.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { withService } from '../../support/folder.ts'
import { estimateOf, get, post, smallIntake, withSmall } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('requests that never become one', async (t) => {
    const { app } = service
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo

    for (const { why, bytes, status = 400, code = 'request-invalid', bare = false } of [
      { why: 'no HTTP', bytes: 'HELLO\r\n\r\n' },
      {
        why: 'a control character in a header',
        bytes: 'GET /version HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n',
      },
      {
        why: 'headers of more than 16 kB',
        bytes: `GET /version HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
        status: 431,
        code: 'headers-too-large',
      },
      { why: 'two Host lines', bytes: 'GET /version HTTP/1.1\r\nHost: a\r\nhOst: b\r\n\r\n' },
      { why: 'the same Host twice', bytes: 'GET /nowhere HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n' },
      { why: 'no Host line', bytes: 'GET /version HTTP/1.1\r\n\r\n', bare: true },
      { why: 'HTTP/0.9', bytes: 'GET /version\r\n\r\n' },
      { why: 'HTTP/0.9 by name', bytes: 'GET /version HTTP/0.9\r\nHost: a\r\n\r\n' },
      { why: 'HTTP/1.2', bytes: 'GET /version HTTP/1.2\r\nHost: a\r\n\r\n' },
      { why: 'HTTP/2', bytes: 'GET /version HTTP/2.0\r\nHost: a\r\n\r\n' },
      { why: 'HTTP/2 from the start', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
      {
        why: 'a length that is no number',
        bytes: 'POST /v1/estimates HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n',
      },
      {
        why: 'two lengths',
        bytes:
          'POST /v1/estimates HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      },
      {
        why: 'an address that cannot be read',
        bytes: 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      },
    ]) {
      await t.test(why, async (t) => {
        const socket = connect(port, '127.0.0.1')
        let answer = ''
        socket.on('data', (chunk) => {
          answer += chunk
        })
        socket.write(bytes)
        await once(socket, 'close')
        const [head = '', body = ''] = answer.split('\r\n\r\n')
        t.match(head, `HTTP/1.1 ${status} `)
        t.match(head, /^connection: close/im)
        // Node itself says that a Host is missing.
        if (bare) return
        t.match(head, /^content-type: application\/problem\+json/im)
        t.match(JSON.parse(body), { type: `/problems/${code}`, status, code, errors: [] })
      })
    }

    await t.test('an upload that breaks off is nobody’s mistake', async (t) => {
      const alpha = await withSmall(service, 'alpha')
      const failures = async () => (await app.inject('/metrics')).body.match(/^openras_failures_total.*$/gm)
      const before = await failures()
      service.logged.length = 0
      for (const [url, type] of [
        ['/v1/cohorts?title=A&questionnaire=small&questionnaireVersion=1&weeksPerYear=52', 'text/csv'],
        ['/v1/estimates', 'application/json'],
      ]) {
        const socket = connect(port, '127.0.0.1')
        const head = [
          `POST ${url} HTTP/1.1`,
          'Host: a',
          `Authorization: ${alpha.author.authorization}`,
          'Idempotency-Key: broken',
          `Content-Type: ${type}`,
          'Content-Length: 90000',
        ]
        socket.write(`${head.join('\r\n')}\r\n\r\nref,userGroup,points,costAnnual\nP-1,adults,`)
        await new Promise((resolve) => setTimeout(resolve, 300))
        socket.destroy()
      }
      const lines = () => service.logged.map((line) => JSON.parse(line)).filter(({ route }) => route)
      for (let waited = 0; lines().length < 2 && waited < 200; waited += 1)
        await new Promise((resolve) => setTimeout(resolve, 20))
      t.match(
        lines().map(({ level, status }) => `${level} ${status}`),
        ['info 408', 'info 408'],
      )
      t.notMatch(service.logged.join(''), /"level":"(warn|error)"/)
      t.strictSame(await failures(), before)
    })
  })

  t.test('what is answered about people is kept by no cache', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const kept = async (url: string) => {
      const { headers, statusCode } = await service.request({ url, headers: alpha.author })
      t.equal(statusCode, 200, url)
      return headers['cache-control']
    }
    for (const url of ['/v1/allocations', '/v1/feed', '/v1/cohorts', '/v1/calibration-runs'])
      t.equal(await kept(url), 'no-store', url)
    for (const url of ['/v1/questionnaires', '/v1/calibration-tables', '/v1/me'])
      t.equal(await kept(url), 'private, no-cache', url)
    for (const url of ['/v1/estimates', `/public/${alpha.id}/estimates`]) {
      const payload = estimateOf(smallIntake())
      const answer = await service.request({ method: 'POST', url, headers: alpha.author, payload })
      t.equal(answer.statusCode, 200, answer.body)
      t.equal(answer.headers['cache-control'], 'no-store', url)
    }
    const recorded = await post(service, alpha.author, '/v1/assessments', smallIntake())
    t.equal(recorded.headers['cache-control'], 'no-store')
    const url = `/v1/allocations/${recorded.json().allocation.id}`
    const { headers } = await get(service, alpha.author, url)
    t.equal(headers['cache-control'], 'no-store')
    const same = await get(service, alpha.author, url, { 'if-none-match': String(headers.etag) })
    t.equal(same.statusCode, 304, 'a program that keeps the record asks whether it holds')
    t.equal(same.headers['cache-control'], 'no-store')
  })
})
