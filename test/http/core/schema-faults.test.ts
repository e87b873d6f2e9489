// What a refusal by form says: what was found (never the value), what was expected, what to do; a fault for a place,
// in words and not in patterns.

import { type TSchema, Type } from '@sinclair/typebox'
import { AssessmentIntake } from '../../../src/contract/allocation/assessment.ts'
import { RunRequest } from '../../../src/contract/calibration/run-request.ts'
import { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { VersionRef } from '../../../src/contract/documents/version.ts'
import * as primitives from '../../../src/contract/primitives.ts'
import { Refusal } from '../../../src/contract/refusal.ts'
import type { FormSchema } from '../../../src/http/core/bodies/schema-words.ts'
import { schemaCompiler } from '../../../src/http/core/bodies/validation.ts'
import { sharedSchemas } from '../../../src/http/core/openapi/shared-schemas.ts'
import { withService } from '../../support/folder.ts'
import { intake } from '../../support/service.ts'
import { type Answer, askPublication, get, post, refused, smallQuestionnaire, withSmall } from '../driver.ts'

const compile = schemaCompiler(sharedSchemas)

function faultsOf(schema: object, data: unknown) {
  const validate = compile({ schema, httpPart: 'body', method: 'POST', url: '/' }) as (data: unknown) => {
    error?: unknown
  }
  const { error } = validate(data)
  return error instanceof Refusal ? error.faults : []
}

const SECRET = 'zq7canary \u0001'

const PRIMITIVES: readonly { name: string; schema: TSchema; says: RegExp; wrong?: unknown }[] = [
  { name: 'Key', schema: primitives.Key, says: /a key of 1 to 64 lower-case letters.*such as "nutrition"/ },
  { name: 'Money', schema: primitives.Money, says: /pounds as a decimal string.*such as "18552.06"/ },
  { name: 'SignedMoney', schema: primitives.SignedMoney, says: /pounds as a decimal string with two places/ },
  { name: 'Points', schema: primitives.Points, says: /points as a decimal string/ },
  { name: 'ShownPoints', schema: primitives.ShownPoints, says: /points as a decimal string/ },
  { name: 'Factor', schema: primitives.Factor, says: /a factor as a decimal string/ },
  { name: 'PolicyDate', schema: primitives.PolicyDate, says: /a date that exists, as YYYY-MM-DD/ },
  { name: 'Instant', schema: primitives.Instant, says: /an instant, RFC 3339/ },
  { name: 'Uuid', schema: primitives.Uuid, says: /a UUID/ },
  { name: 'ContentHash', schema: primitives.ContentHash, says: /sha256: and 64 digits/ },
  { name: 'Ref', schema: primitives.Ref(''), says: /1 to 100 visible ASCII characters without spaces/ },
  { name: 'Text', schema: primitives.Text(3), says: /a text of 1 to 3 characters, not only spaces/ },
  { name: 'Version', schema: primitives.Version, says: /a whole number from 1 to 1000000/ },
  { name: 'OneOf', schema: primitives.OneOf('up', 'down'), says: /expected one of up, down\./ },
  {
    name: 'Nullable',
    schema: primitives.Nullable(primitives.Money),
    says: /pounds as.*|, or null/,
    wrong: 5,
  },
]

/** What gives a value a form; `{}` takes anything. */
const FORMS = ['type', '$ref', 'anyOf', 'oneOf', 'enum', 'const'] as const

const ofBody = /Intake|Draft$|Request$|Upload$|Search$|Seal$|Cancellation$|Publication$/

/** The schemas of bodies, with every one that they refer to. */
function bodySchemas(): readonly { readonly $id: string; readonly schema: object }[] {
  const known = new Map(sharedSchemas.map((schema) => [schema.$id, schema]))
  const found = new Map<string, object>()
  const take = ($id: string): void => {
    const schema = known.get($id)
    if (schema === undefined || found.has($id)) return
    found.set($id, schema)
    for (const [, inner = ''] of JSON.stringify(schema).matchAll(/"\$ref":"(\w+)#"/g)) take(inner)
  }
  for (const $id of known.keys()) if (ofBody.test($id)) take($id)
  return [...found].map(([$id, schema]) => ({ $id, schema }))
}

const codesOf = (answer: Answer): readonly string[] =>
  answer
    .json()
    .errors.map(({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`)
    .sort()

export const tests = withService(import.meta, (t, service) => {
  t.test('every primitive says what it expects, of every kind of value, and repeats none', async (t) => {
    const known = Object.entries(primitives)
      .filter(([name, value]) => /^[A-Z][a-z]/.test(name) && value !== undefined)
      .map(([name]) => name)
    t.strictSame(PRIMITIVES.map(({ name }) => name).sort(), known.sort(), 'none is left out')
    for (const { name, schema, says, wrong } of PRIMITIVES) {
      const values = [SECRET, 4711.5, true, [SECRET], { [SECRET]: SECRET }, wrong ?? SECRET]
      for (const value of values) {
        const faults = faultsOf(Type.Object({ it: schema }), { it: value })
        const here = faults.filter(({ pointer }) => pointer === '/it')
        t.equal(faults.length, 1, `${name}: one fault for a place`)
        for (const { detail } of here) {
          t.match(detail, says, `${name} ${typeof value}`)
          t.match(
            detail,
            /^(Found|Missing|Unknown) .+; expected .+\. [A-Z].+\.$/,
            'found, expected, what to do',
          )
        }
        for (const { detail } of faults) t.notMatch(detail, /zq7canary|4711|\\x|\[a-z|\{0,/, detail)
      }
      const [missing] = faultsOf(Type.Object({ it: schema }), {})
      t.match(missing, { pointer: '/it', code: 'field-missing', detail: says })
      t.match(missing?.detail, /^Missing field; .+ Add it\.$/)
    }
  })

  t.test('what was found is told by its kind and size', async (t) => {
    const of = (schema: TSchema, data: unknown) =>
      faultsOf(Type.Object({ it: schema }), { it: data })[0]?.detail
    t.match(of(primitives.Money, 12.5), /^Found a number; /)
    t.match(of(primitives.Money, null), /^Found null; /)
    t.match(of(primitives.Money, ''), /^Found an empty text; /)
    t.match(of(primitives.Money, '1,000'), /^Found a text of 5 characters; /)
    t.match(of(primitives.Version, 0), /^Found a number below 1; /)
    t.match(of(primitives.Version, 2_000_000), /^Found a number above 1000000; /)
    t.match(
      of(Type.Array(Type.Boolean(), { minItems: 1, maxItems: 9 }), []),
      /^Found an empty list; expected a list of 1 to 9 members\./,
    )
    t.match(of(Type.Boolean(), 'yes'), /^Found a text of 3 characters; expected true or false\./)
  })

  t.test('whole numbers are judged by how they are written', async (t) => {
    const alpha = await service.authority('alpha', { sampled: true })
    const sent = (revision: string, version = '1') => {
      const { revision: _, ...rest } = intake()
      const text = JSON.stringify({ ...rest, personRef: '' }).replace('"version":1', `"version":${version}`)
      return service.request({
        method: 'POST',
        url: '/v1/assessments',
        headers: { ...alpha.author, 'idempotency-key': 'k', 'content-type': 'application/json' },
        payload: `{"revision":${revision},${text.slice(1)}`,
      })
    }
    for (const written of [
      '41.99999999999999999',
      '1.0',
      '1e2',
      '1E+2',
      '-0',
      '1e-400',
      '12345678901234567',
    ]) {
      const answer = await sent(written, written)
      const places = ['/revision', '/questionnaire/version'].map((at) => `integer-malformed ${at}` as const)
      t.strictSame(
        codesOf(answer),
        [...places, 'value-format /personRef'].sort(),
        `${written}: with the rest`,
      )
      t.match(
        answer.json().errors.map(({ detail }: { detail: string }) => detail),
        [
          'Found something other than plain digits; expected a whole number from 1 to 1000000. Write its digits alone, without a leading 0.',
        ],
      )
      t.notMatch(answer.body, written)
    }
    t.strictSame(codesOf(await sent('-5')), ['value-format /personRef', 'value-range /revision'])
    for (const written of ['+1', '01', '1.', '.5'])
      t.equal((await sent(written)).json().code, 'body-malformed')
    const population = Type.Object({ it: primitives.Nullable(Type.Integer()) })
    t.match(
      faultsOf(population, { it: Number.NaN }),
      [{ code: 'integer-malformed' }],
      'also where null may stand',
    )
    t.match(faultsOf(Type.Object({ it: primitives.Money }), { it: Number.NaN }), [{ code: 'value-type' }])
  })

  t.test('numbers in addresses too, so that a version has one address', async (t) => {
    const alpha = await service.authority('alpha', { sampled: true })
    const odd = [
      'Infinity',
      '-Infinity',
      'NaN',
      '0x10',
      '0x1',
      '1e3',
      '+1',
      ' 1',
      '1 ',
      '01',
      '1.0',
      '-0',
      '',
      'a',
    ]
    const long = '12345678901234567'
    for (const written of [...odd, long]) {
      const text = encodeURIComponent(written)
      for (const [url, place] of [
        [`/v1/allocations?limit=${text}`, '/query/limit'],
        [`/v1/feed?after=${text}`, '/query/after'],
        [`/v1/questionnaires/sample-adult/versions/${text}`, '/path/version'],
        [`/public/${alpha.id}/questionnaires/sample-adult/versions/${text}`, '/path/version'],
      ] as const) {
        if (written === '' && place === '/path/version') continue
        const answer = await get(service, alpha.author, url)
        refused(t, answer, 'request-invalid', [`integer-malformed ${place}`], `${url} ${written}`)
      }
    }
    t.equal((await get(service, alpha.author, '/v1/feed?after=-1&limit=1')).statusCode, 200)
    refused(t, await get(service, alpha.author, '/v1/feed?after=-2'), 'request-invalid', [
      'value-range /query/after',
    ])
    t.equal(
      (await get(service, {}, `/public/${alpha.id}/questionnaires/sample-adult/versions/1`)).statusCode,
      200,
    )
  })

  t.test('an NHS number in a header that is kept is told with the rest, and not logged', async (t) => {
    const alpha = await service.authority('alpha', { sampled: true })
    service.logged.length = 0
    const headers = {
      ...alpha.author,
      'idempotency-key': '943-476-5919',
      'x-correlation-id': 'P_9434765919',
    }
    const url = '/v1/assessments'
    const alone = await service.request({ method: 'POST', url, headers, payload: intake() })
    const both = [
      'ref-nhs-number /headers/idempotency-key',
      'ref-nhs-number /headers/x-correlation-id',
    ] as const
    refused(t, alone, 'request-invalid', both)
    const [key, id] = alone.json().errors
    t.equal(
      key.detail,
      'Found an NHS number; expected a key of your own. Does it only look like one? Put a 0 before it.',
    )
    t.equal(id.detail, 'Found an NHS number; expected an id of your own. Send one without it.')
    const payload = intake({ personRef: '4505577104', revision: 0 })
    refused(t, await service.request({ method: 'POST', url, headers, payload }), 'request-invalid', [
      'value-range /revision',
      'ref-nhs-number /personRef',
      ...both,
    ])
    refused(t, await get(service, {}, '/version', { 'x-correlation-id': '9434765919' }), 'request-invalid', [
      both[1],
    ])
    const unknown = await get(service, alpha.author, `${url}/none?x=1`, { 'x-correlation-id': '9434765919' })
    t.notMatch(unknown.headers['x-correlation-id'], /9434765919/, 'nor is it given back')
    t.notMatch(service.logged.join(''), /9434765919/)
    const fine = { ...headers, 'idempotency-key': '9434765918', 'x-correlation-id': '09434765919' }
    const recorded = await service.request({ method: 'POST', url, headers: fine, payload: intake() })
    t.equal(recorded.statusCode, 201, recorded.body)
    t.equal(recorded.headers['x-correlation-id'], '09434765919')
  })

  t.test('no body takes a number that is not a whole one, or takes anything', async (t) => {
    const loose: string[] = []
    const walk = (node: unknown, place: string): void => {
      if (typeof node !== 'object' || node === null) return
      const { type, properties } = node as FormSchema
      if (type === 'number') loose.push(place)
      for (const [name, inner] of Object.entries(properties ?? {}))
        if (!FORMS.some((form) => form in inner)) loose.push(`${place}/${name}`)
      for (const [name, child] of Object.entries(node)) walk(child, `${place}/${name}`)
    }
    for (const { $id, schema } of bodySchemas()) walk(schema, $id)
    t.ok(bodySchemas().length > 20)
    t.strictSame(loose, [])
  })

  t.test('unknown names are told what is known there', async (t) => {
    const [unknown] = faultsOf(primitives.named(VersionRef), { key: 'a', version: 1, nam: SECRET })
    t.match(unknown, { pointer: '/nam', code: 'field-unknown' })
    t.match(unknown?.detail, /expected only key, version\. Remove it, or check its spelling\./)
    const [key] = faultsOf(AssessmentIntake.properties.answers, { 'Not A Key': 'yes' })
    t.match(key?.detail, /expected keys of the questionnaire/)
  })

  t.test('of a union one fault is told: that of the form that was meant', async (t) => {
    const { curves } = CalibrationTable.properties
    const curve = { interpolation: 'linear', knots: [{ points: '1', amountAnnual: '1' }] }
    const groups = (userGroups: unknown) => faultsOf(curves, [{ userGroups, ...curve }])
    for (const wrong of [5, 'every', null]) {
      const faults = groups(wrong)
      t.match(faults, [{ pointer: '/0/userGroups', code: 'value-form' }])
      t.match(faults[0]?.detail, /expected "all", or a list of 1 to 50 members\. Use one of these forms/)
    }
    t.match(groups([]), [{ pointer: '/0/userGroups', code: 'value-range' }])
    t.match(groups(['a', 'B']), [{ pointer: '/0/userGroups/1', code: 'value-format' }])
    const methods = (...given: unknown[]) => faultsOf(Type.Pick(RunRequest, ['methods']), { methods: given })
    const named = (pointer: string, code: string) => [{ pointer, code }]
    t.match(methods({}), named('/methods/0/method', 'field-missing'))
    t.match(methods({ method: 'magic' }), named('/methods/0/method', 'value-not-allowed'))
    t.match(
      methods({ method: 'magic' })[0]?.detail,
      /one of fixed, percentile, line, rising-price, bounded-line, isotonic\./,
    )
    t.match(
      methods({ method: 'line', floor: { kind: 'palm' } }),
      named('/methods/0/floor/kind', 'value-not-allowed'),
    )
    t.match(methods({ method: 'percentile', step: 3 }), named('/methods/0/step', 'value-not-allowed'))
    t.match(methods({ method: 'fixed', neutral: 1 }, 7), [
      { pointer: '/methods/0/neutral', code: 'value-type' },
      { pointer: '/methods/1', code: 'value-type' },
    ])
    for (const given of [methods(), methods({}), methods({ method: 'fixed', x: 1 })]) t.equal(given.length, 1)
  })

  t.test('no form of text is without words', async (t) => {
    const wordless: string[] = []
    const walk = (node: unknown, place: string): void => {
      if (typeof node !== 'object' || node === null) return
      const { type, pattern, format, expected } = node as Record<string, unknown>
      if (type === 'string' && (pattern ?? format) !== undefined && expected === undefined)
        wordless.push(place)
      for (const [name, child] of Object.entries(node)) walk(child, `${place}/${name}`)
    }
    for (const schema of sharedSchemas) {
      const { $id = '' } = schema as { $id?: string }
      if (/Intake|Draft$|Request$|Upload$|Search$/.test($id)) walk(schema, $id)
    }
    t.strictSame(wordless, [])
  })

  t.test('a body in which nothing is required can be left out', async (t) => {
    const alpha = await withSmall(service, 'alpha', { table: false })
    const drafted = await post(service, alpha.author, '/v1/questionnaires', {
      ...smallQuestionnaire,
      key: 'next',
    })
    const address = String(drafted.headers.location)
    const headers = { ...alpha.publisher, 'if-match': String(drafted.headers.etag), 'idempotency-key': 'one' }
    const url = `${address}/publication`
    const published = await service.request({ method: 'POST', url, headers })
    t.equal(published.statusCode, 201, published.body)
    const typed = { ...headers, 'content-type': 'application/json' }
    for (const again of [
      await service.request({ method: 'POST', url, headers: typed }),
      await service.request({ method: 'POST', url, headers: typed, payload: '{}' }),
    ]) {
      t.equal(again.headers['idempotency-replayed'], 'true', 'it is the same as an empty object')
      t.equal(again.body, published.body)
    }
    t.equal((await get(service, alpha.author, address)).json().lifecycle.status, 'published')
    const wrong = await service.request({ method: 'POST', url, headers: typed, payload: '{"why":1}' })
    refused(t, wrong, 'request-invalid', ['field-unknown /why'])
    t.match(wrong.json().detail, 'The body has 1 fault, listed in errors[]. Fix it and resend.')
    t.match(wrong.json().errors[0].detail, /expected no field here/)
    const needed = await service.request({ method: 'POST', url: '/v1/estimates', headers: alpha.author })
    refused(t, needed, 'request-invalid', ['value-type '])
    t.match(needed.json().errors[0].detail, /^Found nothing; expected an object with userGroup, assessedOn/)
    refused(
      t,
      await service.request({ method: 'POST', url: '/v1/estimates', headers: typed }),
      'body-malformed',
      ['body-empty '],
    )
    t.equal((await askPublication(service, alpha.publisher, address)).statusCode, 409)
  })
})
