// No address, query string or header makes the service fail either (P10), nor comes out in its log (P16).
import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import type { Test } from 'tap'
import { PROBLEMS } from '../../src/contract/problems.ts'
import { draws } from '../support/draws.ts'
import { withService } from '../support/folder.ts'
import { example } from '../support/service.ts'
import { recordsOf } from './catalogue.ts'
import { leaks } from './hostile-run.ts'
import { HEADER_NAMES, HEADER_VALUES, oddQueries, oddWords } from './odd-values.ts'
import { populate } from './populated.ts'

let turn = 0

/** In the suite every ninth value in turn, each place beginning with another; `npm run drill -- properties` has all. */
function some<T>(values: readonly T[]): readonly T[] {
  turn += 1
  return values.filter((_, i) => draws(1) > 1 || (i + turn) % 9 === 0)
}

export const tests = withService(
  import.meta,
  async (t, service) => {
    const avon = await populate(service, 'avon')
    const before = await recordsOf(service)
    const address = await service.address()

    const ODD = oddWords(avon.allocationId)

    t.test('odd addresses are answered by name', async (t) => {
      const { paths } = service.app.swagger() as unknown as { paths: Record<string, object> }
      const others = ['/{x}', '/v1/{x}', '/docs/{x}', '/metrics/{x}']
      for (const [path, own] of [...Object.entries(paths), ...others.map((other) => [other, {}] as const)]) {
        const methods = [...new Set(['get', 'delete', ...Object.keys(own)])]
        for (const odd of path.includes('{') ? some(ODD) : []) {
          const url = path.replaceAll(/\{\w+\}/g, odd)
          for (const method of methods) await answers(t, requestOf(method.toUpperCase(), url))
        }
      }
    })

    t.test('odd query strings are answered by name', async (t) => {
      const queries = oddQueries(ODD, avon.allocationId)
      for (const path of [
        '/v1/allocations',
        '/v1/feed',
        '/v1/questionnaires',
        '/v1/calibration-tables/in-force',
        `/public/${avon.id}/questionnaires`,
        `/public/${avon.id}/calibration-tables/in-force`,
      ])
        for (const query of some(queries)) await answers(t, { url: `${path}?${query}`, headers: avon.author })
    })

    t.test('odd headers are answered by name', async (t) => {
      for (const [method, url, payload] of [
        [
          'POST',
          '/v1/assessments',
          { ...example('assessment'), assessmentRef: 'zq7canary-assessmentRef', answers: {} },
        ],
        ['GET', `/v1/allocations/${avon.allocationId}`, undefined],
        [
          'PUT',
          `/v1/questionnaires/${avon.draftKey}/versions/1`,
          { ...example('questionnaire-adult'), key: avon.draftKey, title: '' },
        ],
        ['POST', `/v1/questionnaires/${avon.draftKey}/versions/1/publication`, {}],
      ] as const)
        for (const name of HEADER_NAMES)
          for (const value of some(HEADER_VALUES).filter(
            (one) => name !== 'x-correlation-id' || one !== 'zq7canary',
          ))
            await answers(t, {
              method,
              url,
              headers: { ...avon.author, [name]: value },
              ...(payload === undefined ? {} : { payload }),
            })
    })

    t.test('what is not even HTTP is closed with a 4xx', async (t) => {
      const get = 'GET /v1/feed HTTP/1.1\r\nhost: x\r\n'
      for (const text of [
        'zq7canary\r\n\r\n',
        `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
        `${get}x: ${'a'.repeat(20_000)}\r\n\r\n`,
        `${get}x: a\u0000b\r\n\r\n`,
        `${get}authorization: Bearer \u0001\r\n\r\n`,
        `${get}content-length: -1\r\n\r\n`,
        `POST /v1/estimates HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
        `POST /v1/estimates HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
        'GET /v1/feed HTTP/9.9\r\nhost: x\r\n\r\n',
        'GET  /v1/feed\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        `${get}${'y: z\r\n'.repeat(3_000)}\r\n`,
      ])
        t.match(await spoken(address, text), /^HTTP\/1\.1 (4\d\d|505)/, JSON.stringify(text.slice(0, 60)))
    })

    t.test('all of that stored nothing, leaked nothing, and left the database unasked', async (t) => {
      t.same(await recordsOf(service), before)
      t.same((await leaks(service)).slice(0, 10), [])
    })

    async function answers(t: Test, request: InjectOptions): Promise<void> {
      const response = await service.app.inject(request).catch((error: Error) => error)
      // What the client itself refuses to send is no fault of the service.
      if (response instanceof Error) return
      const { statusCode, headers, body } = response
      if (statusCode < 400) return
      const what = `${JSON.stringify(request).slice(0, 300)}: ${statusCode} ${body.slice(0, 500)}`
      const isProblem = String(headers['content-type']).startsWith('application/problem+json')
      const code = isProblem ? (JSON.parse(body) as { code: string }).code : ''
      if (statusCode >= 500 || !(code in PROBLEMS)) t.fail(what)
    }

    function requestOf(method: string, url: string): InjectOptions {
      const body = method === 'GET' || method === 'DELETE' ? {} : { payload: {} }
      return { method, url, headers: avon.author, ...body } as InjectOptions
    }
  },
  { sequencer: false },
)

function spoken(address: URL, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(address.port), address.hostname, () => socket.write(text, 'latin1'))
    socket.setTimeout(15_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard))
  })
}
