// No address, query string or header makes the service fail either (P10), nor comes out in its log (P16).
import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { PROBLEMS } from '../../src/http/problem-catalogue.ts'
import { example, startService } from '../support/service.ts'
import { recordsOf } from './catalogue.ts'
import { leaks } from './hostile-run.ts'
import { populate } from './populated.ts'

const service = await startService(t)
const avon = await populate(service, 'avon')
const before = await recordsOf(service)
const address = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }))

const ODD = [
  ...['%00', '%', '%zz', '%c0%af', '%ff', '%ED%A0%80', '..', '.', '%2e%2e', '%2f', '%5c', '%0d%0aX-Mine:1'],
  ...[
    'zq7canary',
    '0',
    '-1',
    '1e9',
    'NaN',
    'null',
    '__proto__',
    'constructor',
    "'",
    '"',
    '$1',
    '{{7*7}}',
    '*',
  ],
  ...[
    'a'.repeat(150),
    'a'.repeat(201),
    'a'.repeat(5_000),
    '%F0%9F%98%80',
    '%E2%80%AE',
    '99999999999999999999',
  ],
  ...['urn:uuid:00000000-0000-4000-8000-000000000000', '00000000-0000-0000-0000-000000000000', '{', '[', '|'],
  ...['00000000-0000-4000-8000-00000000000G', '{00000000-0000-4000-8000-000000000000}', ';', '?', '#', '//'],
  avon.allocationId.toUpperCase(),
  avon.allocationId.replaceAll('-', ''),
]

t.test('odd addresses are answered by name', async (t) => {
  const paths = Object.keys((service.app.swagger() as { paths: object }).paths)
  for (const path of [...paths, '/{x}', '/v1/{x}', '/docs/{x}', '/docs/static/{x}', '/metrics/{x}']) {
    for (const odd of path.includes('{') ? ODD : []) {
      const url = path.replaceAll(/\{\w+\}/g, odd)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const)
        await answers(t, { method, url, headers: avon.author, ...bodyOf(method) })
    }
  }
})

t.test('odd query strings are answered by name', async (t) => {
  const cursors = [
    ['2026-99-99T99:99:99.999Z', avon.allocationId],
    ['2026-02-30T00:00:00.000Z', avon.allocationId],
    ['0000-01-01T00:00:00.000Z', avon.allocationId],
    ['2026-01-01T24:00:00.000Z', avon.allocationId],
    ['zz', '9999999'],
    [{}, []],
    'text',
    null,
    [],
    ['a'.repeat(64), 1e7],
  ].map((place) => Buffer.from(JSON.stringify(place)).toString('base64url'))
  const instants = [
    ...[
      '2016-12-31T23:59:60Z',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999999Z',
      '2026-01-01T00:00:00+23:59',
    ],
    ...[
      '2026-01-01T00:00:00%2B05',
      '2026-01-01t00:00:00z',
      '2026-01-01 00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:00-00:00',
    ],
    ...[
      '2016-12-31T23:59:60%2B00:00',
      '2026-01-01T00:00:00%2B0530',
      '2026-01-01T00:00:00.1234567890123Z',
      '0001-01-01T00:00:00%2B14:00',
    ],
  ]
  const places = [
    'limit',
    'cursor',
    'status',
    'after',
    'kind',
    'questionnaire',
    'on',
    'userGroup',
    'outcome',
    'assessedFrom',
    'createdFrom',
    'current',
    'table',
    'zq7canary',
  ]
  const queries = [
    ...places.flatMap((name) => ODD.map((odd) => `${name}=${odd}`)),
    ...cursors.map((cursor) => `cursor=${cursor}`),
    ...instants.flatMap((at) => [`createdFrom=${at}`, `createdBefore=${at}`]),
    ...[
      'limit=1&limit=2',
      'limit[]=1',
      'limit=',
      '=',
      '&&&',
      '%',
      '%00=%00',
      'limit=%31',
      'after=-0',
      'after=9007199254740991',
    ],
    ...[
      'on=2026-02-30&questionnaire=x',
      'on=2026-11-16&questionnaire=sample-adult&on=2020-01-01',
      `x=${'y'.repeat(9_000)}`,
    ],
  ]
  for (const path of [
    '/v1/allocations',
    '/v1/feed',
    '/v1/questionnaires',
    '/v1/calibration-tables/in-force',
    '/public/avon/questionnaires',
    '/public/avon/calibration-tables/in-force',
  ])
    for (const query of queries) await answers(t, { url: `${path}?${query}`, headers: avon.author })
})

t.test('odd headers are answered by name', async (t) => {
  const names = [
    'authorization',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'accept',
    'content-type',
    'content-length',
    'x-correlation-id',
    'traceparent',
    'accept-encoding',
    'origin',
    'host',
    'expect',
    'transfer-encoding',
  ]
  const values = [
    ...[
      '',
      ' ',
      '\u0001',
      'a\u007fb',
      '\t',
      'é',
      '\u00ff\u00fe',
      '"',
      '""',
      'W/',
      'W/"x"',
      '*',
      ',',
      ',,,',
      '"a","b"',
      '/',
      '*/*;q=2',
      'text/*;q=NaN',
      'application/json;q=-1',
    ],
    ...[
      'Bearer',
      'Bearer ',
      'Bearer  x',
      'Basic',
      'Basic ====',
      'Basic Og==',
      'Bearer oras_avon',
      `Bearer ${'a.'.repeat(9_000)}`,
      'Bearer a.b.c',
      'Bearer oras_avon_000000000000_é',
    ],
    ...[
      'zq7canary',
      'x'.repeat(201),
      'x'.repeat(12_000),
      '-1',
      '1e9',
      'chunked',
      '100-continue',
      'oras_avon_x',
      '\u2028'.replace('\u2028', '%E2%80%A8'),
    ],
  ]
  for (const [method, url, payload] of [
    [
      'POST',
      '/v1/assessments',
      { ...example('assessment'), assessmentRef: 'zq7canary-assessmentRef', answers: {} },
    ],
    ['GET', `/v1/allocations/${avon.allocationId}/explanation`, undefined],
    [
      'PUT',
      `/v1/questionnaires/${avon.draftKey}/versions/1`,
      { ...example('questionnaire-adult'), key: avon.draftKey, title: '' },
    ],
    ['POST', `/v1/questionnaires/${avon.draftKey}/versions/1/publication`, {}],
  ] as const)
    for (const name of names)
      for (const value of values.filter((one) => name !== 'x-correlation-id' || one !== 'zq7canary'))
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
    t.match(await spoken(text), /^HTTP\/1\.1 (4\d\d|505)/, JSON.stringify(text.slice(0, 60)))
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

function bodyOf(method: string): object {
  return method === 'GET' || method === 'DELETE' ? {} : { payload: {} }
}

function spoken(text: string): Promise<string> {
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
