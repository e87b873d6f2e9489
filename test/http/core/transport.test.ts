// What holds for every request whatever it is about: addresses, methods, content types, bodies, and the names by
// which both sides can speak of a request afterwards.
import { gzipSync } from 'node:zlib'
import type { OpenAPIV3_1 } from 'openapi-types'
import { operationsOf } from '../../../src/http/core/openapi/document.ts'
import { withService } from '../../support/folder.ts'
import { databaseRefusals, type Headers, post, refused, smallIntake, withSmall } from '../driver.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

export const tests = withService(import.meta, (t, service) => {
  t.test('requests of any kind', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const before = await databaseRefusals(service)
    const send = (payload: string | Buffer, headers: Headers = JSON_TYPE) =>
      service.request({
        method: 'POST',
        url: '/v1/estimates',
        headers: { ...alpha.author, ...headers },
        payload,
      })
    const { assessmentRef: _, revision: _1, personRef: _2, ...scored } = smallIntake()

    for (const { method, url } of [
      { method: 'GET', url: '/nowhere' },
      { method: 'GET', url: '/v2/allocations' },
      { method: 'GET', url: '/v1' },
      { method: 'DELETE', url: '/v1/nowhere' },
      { method: 'PUT', url: '/v1/assessments/019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b/nowhere' },
    ] as const) {
      await t.test(`${method} ${url} is not there`, async (t) =>
        refused(t, await service.request({ method, url, headers: alpha.author }), 'not-found'),
      )
    }

    await t.test('the reference pages hold every operation and form, and load nothing', async (t) => {
      const document = service.app.swagger() as OpenAPIV3_1.Document
      const operations = await service.app.inject('/docs')
      const forms = await service.app.inject('/docs/forms')
      for (const page of [operations, forms]) {
        t.equal(page.statusCode, 200)
        t.match(page.headers['content-security-policy'], /^default-src 'none'; style-src 'sha256-/)
        t.notMatch(page.body, /<script|<link|src=/)
      }
      const articles = [...operations.body.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id)
      const ids = operationsOf(document).map(({ operationId }) => operationId)
      t.strictSame(articles.toSorted(), ids.toSorted())
      const linked = [operations, forms].flatMap(({ body }) =>
        [...body.matchAll(/href="\/docs\/forms#([^"]+)"/g)].map(([, name]) => name),
      )
      for (const name of new Set(linked)) t.ok(forms.body.includes(`<section id="${name}"`), String(name))
    })

    await t.test(
      'an address that cannot be read is refused in the same form, without being repeated',
      async (t) => {
        for (const url of ['/v1/allocations/%zz', `/v1/allocations/${'a'.repeat(300)}`, '/%c0%ae']) {
          const answer = await service.request({ url, headers: alpha.author })
          refused(t, answer, 'request-invalid')
          t.match(answer.headers['x-correlation-id'], /./)
          t.notMatch(answer.json().detail, /aaa|%/)
        }
      },
    )

    await t.test(
      'an id in another of the forms that a UUID may have does not reach the database',
      async (t) => {
        for (const id of [
          'urn:uuid:019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b',
          '{019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b}',
          '019a8f6e3c1d7f008a2b5d6c7e8f9a0b',
        ]) {
          for (const path of ['allocations', 'assessments']) {
            const answer = await service.request({
              url: `/v1/${path}/${encodeURIComponent(id)}`,
              headers: alpha.author,
            })
            t.match(answer.json(), { code: 'request-invalid', errors: [{ pointer: '/path/id' }] }, id)
          }
        }
        t.strictSame(await databaseRefusals(service), before)
      },
    )

    for (const type of [
      'text/plain',
      'text/csv',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/problem+json',
      'application/json; charset=iso-8859-1',
      'application/jsonx',
    ]) {
      await t.test(`a body as ${type} is not read`, async (t) =>
        refused(t, await send(JSON.stringify(scored), { 'content-type': type }), 'content-type-unsupported'),
      )
    }

    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON;charset="UTF-8"',
    ]) {
      await t.test(`a body as ${type} is read`, async (t) =>
        t.equal((await send(JSON.stringify(scored), { 'content-type': type })).statusCode, 200),
      )
    }

    for (const [encoding, compressed] of [
      ['gzip', gzipSync(JSON.stringify(scored))],
      ['GZIP, identity', gzipSync(JSON.stringify(scored))],
      ['br', Buffer.from('not read at all')],
    ] as const) {
      await t.test(`a body with Content-Encoding ${encoding} is refused by name, unread`, async (t) => {
        const answer = await send(compressed, { ...JSON_TYPE, 'content-encoding': encoding })
        refused(t, answer, 'content-encoding-unsupported')
        t.match(answer.json().detail, /identity/, 'it says what is read')
      })
    }

    await t.test('a cohort’s file is not read compressed either', async (t) =>
      refused(
        t,
        await service.request({
          method: 'POST',
          url: '/v1/cohorts?questionnaire=small&version=1',
          headers: {
            ...alpha.author,
            'idempotency-key': 'zipped',
            'content-type': 'text/csv',
            'content-encoding': 'gzip',
          },
          payload: gzipSync('ref,userGroup,points,costAnnual\nA,adults,10,1000.00\n'),
        }),
        'content-encoding-unsupported',
      ),
    )

    await t.test('a body said to be as it is, is read', async (t) =>
      t.equal(
        (await send(JSON.stringify(scored), { ...JSON_TYPE, 'content-encoding': 'Identity' })).statusCode,
        200,
      ),
    )

    for (const { why, body, faults } of [
      { why: 'empty', body: '', faults: ['body-empty '] },
      { why: 'cut off', body: '{"answers":{', faults: ['body-not-json /answers'] },
      { why: 'two values', body: '{} {}', faults: ['body-not-json '] },
      {
        why: 'a name twice',
        body: '{"answers":{"washing":"none","washing":"much"}}',
        faults: ['body-duplicate-key /answers/washing'],
      },
      { why: 'NaN', body: '{"answers":NaN}', faults: ['body-not-json /answers'] },
      {
        why: 'not UTF-8',
        body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        faults: ['body-not-utf8 '],
      },
      { why: 'too deep', body: '['.repeat(33) + ']'.repeat(33), faults: undefined },
      { why: 'a prototype', body: '{"__proto__":{}}', faults: ['body-forbidden-key '] },
    ] as const) {
      await t.test(`a malformed body is refused by place: ${why}`, async (t) => {
        const answer = await send(body)
        if (faults === undefined)
          t.match(answer.json(), { code: 'body-malformed', errors: [{ code: 'body-too-deep' }] })
        else refused(t, answer, 'body-malformed', faults)
      })
    }

    for (const body of ['null', '[]', '5', '"text"', 'true']) {
      await t.test(`a body that is ${body} has not the form`, async (t) =>
        refused(t, await send(body), 'request-invalid', ['value-type ']),
      )
    }

    await t.test('a body of more than 256 kB is not read', async (t) => {
      refused(t, await send(`{"a":"${'a'.repeat(256 * 1024)}"}`), 'body-too-large')
      refused(t, await send(`${' '.repeat(256 * 1024 - 2)}{}`), 'request-invalid', [
        ...[
          'userGroup',
          'assessedOn',
          'questionnaire',
          'answers',
          'weightings',
          'addOns',
          'eligibility',
          'otherNeeds',
        ].map((field) => `field-missing /${field}` as const),
      ])
    })

    await t.test(
      'the credential is asked for first, then the body’s bytes, its form, a missing header, the rules',
      async (t) => {
        const url = '/v1/assessments'
        const wrong = smallIntake({ assessedOn: '2199-01-01' })
        const ask = async (headers: Headers, payload: string) =>
          (
            await service.request({ method: 'POST', url, headers: { ...JSON_TYPE, ...headers }, payload })
          ).json().code
        t.equal(await ask({}, '{'), 'credential-missing')
        t.equal(await ask(alpha.author, '{'), 'body-malformed')
        t.equal(await ask(alpha.author, '{}'), 'request-invalid')
        t.equal(await ask(alpha.author, JSON.stringify(wrong)), 'idempotency-key-missing')
        t.equal((await post(service, alpha.author, url, wrong)).json().code, 'assessed-in-the-future')
      },
    )

    await t.test('a correlation id is echoed where it is safe to log, and replaced where not', async (t) => {
      const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
      const echoed = async (id: string) =>
        (await service.request({ url: '/version', headers: { 'x-correlation-id': id } })).headers[
          'x-correlation-id'
        ]
      for (const id of ['abc', 'A.b_c-9', 'x'.repeat(64)]) t.equal(await echoed(id), id)
      for (const id of ['', 'a b', 'x'.repeat(65), 'a\tb', '{"level":60}', 'clé', '$(id)'])
        t.match(await echoed(id), UUID, JSON.stringify(id))
      const named = { 'x-correlation-id': 'order-66' }
      t.equal(
        (await service.request({ url: '/nowhere', headers: named })).headers['x-correlation-id'],
        'order-66',
        'in refusals too',
      )
      t.ok(
        service.logged.some((line) => JSON.parse(line).correlationId === 'order-66'),
        'and the log has it',
      )
    })

    await t.test('a trace is passed back where it is one', async (t) => {
      const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
      const echoed = async (traceparent: string) =>
        (await service.request({ url: '/version', headers: { traceparent } })).headers.traceparent
      t.equal(await echoed(trace), trace)
      for (const wrong of ['', 'trace', trace.toUpperCase(), `${trace}-more`])
        t.equal(await echoed(wrong), undefined)
    })
  })
})
