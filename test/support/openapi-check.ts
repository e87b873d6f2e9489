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

type Validator = {
  document: Described
  paths: readonly { path: string; pattern: RegExp }[]
  ajv: Ajv2020
  compiled: Map<string, ValidateFunction>
}

/** Every service has one document, whatever its options: a process makes it and compiles it once. */
let validator: Validator | undefined

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
  validator ??= newValidator(app.swagger() as unknown as Described)
  const { document, ajv, compiled } = validator
  const method = String(request.method ?? 'GET').toLowerCase()
  const path = pathOf(validator, String(request.url).split('?')[0] ?? '')
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
  const said = JSON.parse(response.body)
  const { code } = said
  if (isShared && !codes.includes(code))
    throw new Error(`${method} ${path} ${status} was refused by ${code}, described: ${codes}`)
  const place = isShared ? ['components'] : ['paths', path, method]
  const pointer = [...place, 'responses', status, 'content', type, 'schema']
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/')
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#/${encodeURI(pointer)}` })
  compiled.set(pointer, validate)
  if (!validate(said)) {
    throw new Error(
      `${method} ${path} ${status} is not as described: ${JSON.stringify(validate.errors?.slice(0, 5))}`,
    )
  }
}

function newValidator(document: Described): Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'document' })
  return { document, paths: pathsOf(document), ajv, compiled: new Map() }
}

function pathOf({ paths }: Validator, url: string): string | undefined {
  const bare = url.length > 1 ? url.replace(/\/$/, '') : url
  return paths.find(({ pattern }) => pattern.test(bare))?.path
}

/** A literal segment is more particular than a parameter: /calibration-tables/in-force before /{key}. */
function pathsOf({ paths }: Described): Validator['paths'] {
  return Object.keys(paths)
    .toSorted((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => {
      const pattern = path.replace(/\/$/, '').replaceAll(/\{[^}]+\}/g, '[^/]+')
      return { path, pattern: new RegExp(`^${pattern}$`) }
    })
}
