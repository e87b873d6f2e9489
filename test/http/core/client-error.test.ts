// What is not HTTP, or not a request that can be read, is refused on the bare socket in the same form as the rest.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { withService } from '../../support/folder.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('requests that never become one', async (t) => {
    const { app } = service
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo

    for (const { why, bytes } of [
      { why: 'no HTTP', bytes: 'HELLO\r\n\r\n' },
      {
        why: 'a control character in a header',
        bytes: 'GET /version HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n',
      },
      {
        why: 'headers without end',
        bytes: `GET /version HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      },
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
        t.match(head, /^HTTP\/1\.1 400 /)
        t.match(head, /^content-type: application\/problem\+json/im)
        t.match(JSON.parse(body), {
          type: '/problems/request-invalid',
          status: 400,
          code: 'request-invalid',
          errors: [],
        })
      })
    }
  })
})
