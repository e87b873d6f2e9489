// House rules of the OpenAPI document, held against what the service itself says of its routes: names that generated
// clients can live with, every request bounded, every refusal described, every example true.
import { STATUS_CODES } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { PROBLEMS, type RefusalCode } from '../../../src/contract/problems.ts'
import { SCOPES } from '../../../src/http/core/credentials/scopes.ts'
import { withService } from '../../support/folder.ts'
import { routesOf } from '../routes.ts'

/** Where nothing in the body is required. */
const BODY_OPTIONAL = /\/(publication|confirmation|reports|seal|cancellation|application)$/

/** Pages, drawings and workbooks are seen better than read. */
const SHOWN_ELSEWHERE = /^(text\/html|image\/|application\/vnd)/

type Schema = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Content = Record<
  string,
  { schema: Schema; example?: unknown; examples?: Record<string, { $ref: string }> }
>
type Operation = {
  operationId?: string
  summary?: string
  tags?: string[]
  description?: string
  security?: object[]
  'x-problem-codes': RefusalCode[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { description?: string; content?: Content; headers?: object }>
}
type Document = {
  tags: { name: string }[]
  components: {
    schemas: Record<string, Schema>
    examples: Record<string, { value: unknown }>
    securitySchemes: { oauth2: { flows: { clientCredentials: { scopes: Record<string, string> } } } }
  }
}

export const tests = withService(import.meta, (t, service) => {
  t.test('the OpenAPI document', async (t) => {
    const { app } = service
    const document = app.swagger() as unknown as Document
    const operations = routesOf(app).map(({ method, path, operation }) => ({
      name: `${method} ${path}`,
      method,
      path,
      ...(operation as unknown as Operation),
    }))
    const resolved = (schema: Schema): Schema => {
      const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema.$ref ?? ''))?.[1]
      return name === undefined ? schema : (document.components.schemas[name] ?? {})
    }

    await t.test('names every operation once, as generated clients would', async (t) => {
      for (const { name, operationId = '' } of operations)
        t.match(operationId, /^[a-z]+([A-Z][a-z]+)*$/, name)
      t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
    })

    await t.test('says of every operation what it does, in a heading of its own', async (t) => {
      const known = document.tags.map(({ name }) => name)
      for (const { name, summary = '', description = '', tags = [] } of operations) {
        t.match(summary, /^[A-Z].{5,}[^.]$/, name)
        t.match(description, /^[A-Z].{30,}\.$/, name)
        t.equal(tags.length, 1, name)
        t.ok(
          tags.every((tag) => known.includes(tag)),
          `${name}: the tag is described`,
        )
      }
      t.equal(
        new Set(operations.map(({ summary }) => summary)).size,
        operations.length,
        'and no two say the same',
      )
    })

    await t.test('describes how every operation refuses, and what it gives', async (t) => {
      for (const { name, responses, 'x-problem-codes': codes } of operations) {
        const refusals = Object.entries(responses).filter(([status]) => /^[45]/.test(status))
        for (const [status, { content }] of refusals) {
          const schema = content?.['application/problem+json']?.schema
          t.strictSame(schema, { $ref: '#/components/schemas/Problem' }, `${name} ${status}`)
        }
        const statuses = new Set(codes.map((code) => String(PROBLEMS[code].status)))
        t.strictSame([...statuses].sort(), refusals.map(([status]) => status).sort(), `${name}: by its codes`)
        t.equal(new Set(codes).size, codes.length, `${name} names each code once`)
        t.ok(statuses.has('400') && statuses.has('503'), name)
        const given = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status))
        t.equal(given.length, 1, `${name} has one way to go well`)
        for (const [status, { content = {}, description }] of given) {
          t.ok(Object.keys(content).length > 0, `${name} ${status}`)
          t.equal(description, STATUS_CODES[status], `${name} ${status} is called what HTTP calls it`)
        }
      }
    })

    await t.test('says which headers it reads and which go with its answers', async (t) => {
      for (const { name, parameters = [], responses } of operations) {
        const reads = parameters.some((one) => one.name === 'if-none-match' && one.required === false)
        t.equal(reads, '304' in responses, `${name} If-None-Match`)
        for (const [status, { headers = {} }] of Object.entries(responses)) {
          t.ok('X-Correlation-ID' in headers, `${name} ${status}`)
          if (status === '304') t.ok('ETag' in headers, `${name} ${status}`)
          if (status === '201' || status === '202')
            t.ok('Location' in headers && 'Idempotency-Replayed' in headers, `${name} ${status}`)
          if (status === '429' || status === '503') t.ok('Retry-After' in headers, `${name} ${status}`)
          t.equal(
            'Link' in headers,
            status === '200' && parameters.some((one) => one.name === 'cursor'),
            name,
          )
        }
        for (const one of parameters.filter(({ schema }) => 'default' in schema))
          t.equal(one.required, false, `${name} ${one.name} has a default`)
      }
    })

    await t.test('names every refusal there is where it is given, and no other', async (t) => {
      const declared = new Set(operations.flatMap(({ 'x-problem-codes': codes }) => codes))
      // This one is of addresses, before there is an operation.
      t.strictSame([...declared, 'method-not-allowed'].sort(), Object.keys(PROBLEMS).sort())
    })

    await t.test(
      'asks for a credential under /v1 and nowhere else, and says which scopes open it',
      async (t) => {
        const { scopes } = document.components.securitySchemes.oauth2.flows.clientCredentials
        t.strictSame(Object.keys(scopes), SCOPES, 'each scope is described')
        for (const { name, path, security = [] } of operations) {
          const [bearer, basic, ...tokens] = [...security].reverse()
          if (path.startsWith('/v1/')) {
            t.strictSame([basic, bearer], [{ bearer: [] }, { basic: [] }], name)
            t.ok(tokens.length > 0, `${name} takes tokens`)
            for (const token of tokens) t.strictSame(Object.keys(token), ['oauth2'], name)
          } else t.strictSame(security, [], name)
        }
      },
    )

    await t.test('says of each form of a union which value of its tag is meant', async (t) => {
      for (const [name, { oneOf, discriminator }] of Object.entries(document.components.schemas)) {
        if (discriminator === undefined) continue
        const { mapping } = discriminator as { mapping: Record<string, string> }
        t.strictSame(
          new Set(Object.values(mapping)),
          new Set((oneOf as { $ref: string }[]).map(({ $ref }) => $ref)),
          name,
        )
      }
    })

    await t.test(
      'asks for an Idempotency-Key wherever something is created, and If-Match wherever it is changed',
      async (t) => {
        for (const { name, method, path, responses, parameters = [] } of operations) {
          const required = parameters
            .filter((one) => one.in === 'header' && one.required)
            .map((one) => one.name)
          const expected = [
            ...('201' in responses || '202' in responses ? ['idempotency-key'] : []),
            ...(method === 'PUT' || /\/(publication|reports)$/.test(path) ? ['if-match'] : []),
          ]
          t.strictSame(required, expected, name)
        }
      },
    )

    await t.test('bounds everything that may be sent', async (t) => {
      const faults: string[] = []
      for (const { name, parameters = [], requestBody } of operations) {
        // The two headers are read by the service itself, which refuses them by a name of their own.
        for (const one of parameters.filter((parameter) => parameter.in !== 'header'))
          faults.push(...unbounded(one.schema, `${name} ${one.in} ${one.name}`, resolved))
        for (const [type, { schema }] of Object.entries(requestBody?.content ?? {}))
          faults.push(...unbounded(schema, `${name} ${type}`, resolved))
      }
      t.strictSame([...new Set(faults)], [])
    })

    await t.test('finds what is not bounded', async (t) => {
      const unbound = (schema: Schema) => unbounded(schema, '', resolved).length
      for (const schema of [
        { type: 'string' },
        { type: 'string', pattern: '^a+$' },
        { type: 'array', items: { type: 'boolean' } },
        { type: 'array', maxItems: 1, items: { type: 'string' } },
        { type: 'object', properties: {} },
        { type: 'object', additionalProperties: { type: 'boolean' } },
        { type: 'object', maxProperties: 1, additionalProperties: true },
        { type: 'integer', minimum: 0 },
        { type: 'number', minimum: 0, maximum: 1 },
        { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
        {},
      ])
        t.ok(unbound(schema) > 0, JSON.stringify(schema))
    })

    await t.test('has bodies wherever a request needs one, as JSON', async (t) => {
      for (const { name, method, requestBody } of operations) {
        t.equal(requestBody !== undefined, method === 'POST' || method === 'PUT', name)
        if (requestBody === undefined) continue
        const types = /^POST \/v1\/cohorts(\/\{id\}\/parts)?$/.test(name)
          ? ['application/json', 'text/csv']
          : ['application/json']
        t.strictSame(Object.keys(requestBody.content).sort(), types, name)
        t.equal(requestBody.required, !BODY_OPTIONAL.test(name), name)
      }
    })

    await t.test('shows a recorded example of every request and answer that is data or text', async (t) => {
      const ajv = new Ajv2020({ strict: false, allErrors: true })
      addFormats.default(ajv)
      ajv.addSchema({ ...document, $id: 'document' })
      for (const { name, requestBody, responses } of operations) {
        const [, good] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
        for (const [type, { schema, examples = {} }] of Object.entries({
          ...requestBody?.content,
          ...good?.content,
        })) {
          if (SHOWN_ELSEWHERE.test(type)) continue
          const { $ref = '' } = examples.recorded ?? {}
          const { value } = document.components.examples[$ref.split('/').at(-1) ?? ''] ?? {}
          t.not(value, undefined, `${name} ${type}`)
          const validate =
            schema.$ref === undefined ? ajv.compile(schema) : ajv.getSchema(`document${schema.$ref}`)
          // The service of the folder goes on beside this.
          await setImmediate()
          t.ok(validate?.(value), `${name} ${type} ${JSON.stringify(validate?.errors?.slice(0, 2))}`)
        }
      }
    })

    await t.test('has examples that are true of their schemas', async (t) => {
      const ajv = new Ajv2020({ strict: false, allErrors: true })
      addFormats.default(ajv)
      ajv.addSchema({ ...document, $id: 'document' })
      const found = [...examplesIn(document, '#')]
      t.ok(found.length > 100, `${found.length} examples`)
      for (const { pointer, example } of found) {
        const validate = ajv.compile({ $ref: `document${encodeURI(pointer)}` })
        await setImmediate()
        t.ok(validate(example), `${pointer} ${JSON.stringify(validate.errors?.slice(0, 2))}`)
      }
    })
  })
})

/** Where a schema lets through a value without end: a string, list or object of any size, a member nobody named. */
function unbounded(given: Schema, place: string, resolved: (schema: Schema) => Schema): string[] {
  const schema = resolved(given)
  const { type, enum: values, const: only, format, maxLength, items, maxItems, minimum, maximum } = schema
  const { properties = {}, additionalProperties, maxProperties } = schema
  if (values !== undefined || only !== undefined) return []
  const forms = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined
  if (forms !== undefined) return forms.flatMap((form, i) => unbounded(form, `${place}|${i}`, resolved))
  const within = (members: object, mark: string) =>
    Object.entries(members).flatMap(([name, member]) => unbounded(member, `${place}${mark}${name}`, resolved))
  switch (type) {
    case 'boolean':
    case 'null':
      return []
    case 'string':
      return maxLength === undefined && format === undefined ? [`${place}: a string without end`] : []
    case 'integer':
      return minimum === undefined || maximum === undefined ? [`${place}: an integer without end`] : []
    case 'array':
      return [
        ...(maxItems === undefined ? [`${place}: a list without end`] : []),
        ...unbounded((items ?? {}) as Schema, `${place}[]`, resolved),
      ]
    case 'object': {
      const others = additionalProperties === false ? {} : { '*': additionalProperties ?? {} }
      const endless = additionalProperties !== false && maxProperties === undefined
      return [
        ...(endless ? [`${place}: an object without end`] : []),
        ...within(properties as object, '.'),
        ...within(others, '.'),
      ]
    }
    default:
      return [`${place}: ${JSON.stringify(type)} is no type that is bounded here`]
  }
}

function* examplesIn(node: unknown, pointer: string): Generator<{ pointer: string; example: unknown }> {
  if (typeof node !== 'object' || node === null) return
  const { examples, example, schema } = node as Record<string, unknown>
  const at = schema === undefined ? pointer : `${pointer}/schema`
  if (Array.isArray(examples)) for (const one of examples) yield { pointer: at, example: one }
  if (example !== undefined && typeof example !== 'function') yield { pointer: at, example }
  for (const [name, child] of Object.entries(node)) {
    if (name === 'examples' || name === 'example') continue
    yield* examplesIn(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}
