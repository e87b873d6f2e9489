// Holds an answer against what the OpenAPI document promises for its route and status. An answer that the document
// does not describe is a fault of one of them, so it throws.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

type DescribedResponse = { headers?: object; content?: Record<string, { schema: object }> }
type Operation = {
  responses: Record<string, DescribedResponse | { $ref: string }>
  'x-problem-codes': readonly string[]
}
type Described = {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, DescribedResponse> }
}

type Validator = { document: Described; ajv: Ajv2020; compiled: Map<string, ValidateFunction> }

const validators = new WeakMap<FastifyInstance, Validator>()

/** Services of one process have one document, which is compiled once. */
const byText = new Map<string, Validator>()

const CHECKED_HEADERS = [
  'ETag',
  'Location',
  'Link',
  'Retry-After',
  'Idempotency-Replayed',
  'Cache-Control',
  'WWW-Authenticate',
]

export function checkAgainstOpenApi(
  app: FastifyInstance,
  request: InjectOptions,
  response: LightMyRequestResponse,
): void {
  const { document, ajv, compiled } = validatorOf(app)
  const method = String(request.method ?? 'GET').toLowerCase()
  const path = pathOf(document, String(request.url).split('?')[0] ?? '')
  const operation = path === undefined ? undefined : document.paths[path]?.[method]
  if (path === undefined || operation === undefined) return
  const status = String(response.statusCode)
  const answer = operation.responses[status]
  const isShared = answer !== undefined && '$ref' in answer
  const described = isShared ? document.components.responses[status] : answer
  if (described === undefined)
    throw new Error(
      `${method} ${path} answered ${response.statusCode}, which is not described: ${response.body}`,
    )
  const type = String(response.headers['content-type'] ?? '').split(';')[0] ?? ''
  for (const name of CHECKED_HEADERS)
    if (name.toLowerCase() in response.headers && !(name in (described.headers ?? {})))
      throw new Error(`${method} ${path} ${status} has the header ${name}, which is not described`)
  if (response.body === '') return
  const { content = {} } = described
  if (!(type in content))
    throw new Error(`${method} ${path} ${status} answered ${type}, described: ${Object.keys(content)}`)
  if (!/[/+]json$/.test(type)) return
  const codes = operation['x-problem-codes']
  const { code } = JSON.parse(response.body)
  if (isShared && !codes.includes(code))
    throw new Error(`${method} ${path} ${status} was refused by ${code}, described: ${codes}`)
  const place = isShared ? ['components'] : ['paths', path, method]
  const pointer = [...place, 'responses', status, 'content', type, 'schema']
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/')
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#/${encodeURI(pointer)}` })
  compiled.set(pointer, validate)
  if (!validate(JSON.parse(response.body))) {
    throw new Error(
      `${method} ${path} ${status} is not as described: ${JSON.stringify(validate.errors?.slice(0, 5))}`,
    )
  }
}

function validatorOf(app: FastifyInstance) {
  const known = validators.get(app)
  if (known !== undefined) return known
  const document = app.swagger() as unknown as Described
  const text = JSON.stringify(document)
  const alike = byText.get(text) ?? newValidator(document)
  byText.set(text, alike)
  validators.set(app, alike)
  return alike
}

function newValidator(document: Described): Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'document' })
  return { document, ajv, compiled: new Map() }
}

function pathOf(document: Described, url: string): string | undefined {
  const bare = url.length > 1 ? url.replace(/\/$/, '') : url
  const matching = Object.keys(document.paths).filter((path) =>
    new RegExp(`^${path.replace(/\/$/, '').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(bare),
  )
  // A literal segment is more particular than a parameter: /calibration-tables/in-force before /{key}.
  return matching.sort((a, b) => a.split('{').length - b.split('{').length)[0]
}
