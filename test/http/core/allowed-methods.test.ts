// A method that an address does not take: refused alike everywhere, whoever asks and whatever is stored there.
import { withService } from '../../support/folder.ts'
import { refused } from '../driver.ts'
import { routesOf } from '../routes.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const

export const tests = withService(import.meta, (t, service) => {
  t.test('methods', async (t) => {
    const alpha = await service.authority('alpha')
    const paths = Map.groupBy(routesOf(service.app), ({ url }) => url)

    await t.test('every address refuses what it does not take, and says what it does', async (t) => {
      for (const [url, routes] of paths) {
        const offered: string[] = routes.map(({ method }) => method)
        if (offered.includes('GET')) offered.push('HEAD')
        for (const method of METHODS.filter((one) => !offered.includes(one))) {
          const answer = await service.app.inject({ method, url })
          t.equal(answer.headers.allow, offered.sort().join(', '), `${method} ${url}`)
          if (method === 'HEAD') t.equal(answer.statusCode, 405)
          else refused(t, answer, 'method-not-allowed')
        }
      }
    })

    await t.test('it is refused before the credential, the query and the body are looked at', async (t) => {
      const plain = await service.app.inject({ method: 'DELETE', url: '/v1/allocations' })
      for (const request of [
        { url: '/v1/allocations', headers: alpha.author },
        { url: '/v1/allocations', headers: { authorization: 'Bearer none' } },
        { url: '/v1/allocations?a=1' },
        { url: '/v1/allocations', headers: { 'content-type': 'text/plain' }, payload: '{' },
      ]) {
        const answer = await service.app.inject({ method: 'DELETE', ...request })
        t.equal(answer.body, plain.body)
        t.equal(answer.headers.allow, 'GET, HEAD')
      }
      const slashed = await service.app.inject({ method: 'DELETE', url: '/v1/allocations/' })
      t.match(slashed, { statusCode: 405, headers: { allow: 'GET, HEAD' } })
    })

    await t.test('an authority that is there and one that is not are refused alike', async (t) => {
      const refusal = async (authority: string) => {
        const { statusCode, headers, body } = await service.app.inject({
          method: 'POST',
          url: `/public/${authority}/questionnaires/small/versions/1`,
        })
        const { 'x-correlation-id': _, ...same } = headers
        return { statusCode, same, body: body.replaceAll(authority, '') }
      }
      t.strictSame(await refusal(alpha.id.replace('alpha', 'other')), await refusal(alpha.id))
    })

    await t.test('what is read can be asked for by its head alone', async (t) => {
      for (const url of ['/health/live', '/version', '/openapi.json', '/problems/method-not-allowed'])
        t.match(await service.app.inject({ method: 'HEAD', url }), { statusCode: 200, body: '' }, url)
      const headers = alpha.author
      t.equal((await service.app.inject({ method: 'HEAD', url: '/v1/allocations', headers })).statusCode, 200)
    })
  })
})
