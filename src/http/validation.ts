// How requests are checked: bodies strictly (nothing dropped, nothing coerced, every fault reported), query strings
// and path parameters with the coercion that text needs. Faults carry pointers and never the values sent.
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import { Problem, type ProblemFault } from './problem.ts'
import type { SchemaFaultCode } from './problem-catalogue.ts'
import { withoutOtherForms } from './union-errors.ts'

const COMMON = {
  allErrors: true,
  removeAdditional: false,
  useDefaults: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  // Errors carry the schema they are of and the value found.
  verbose: true,
} as const
const MOST_FAULTS = 100

/** The schema compiler of the service. `shared` are the named schemas that others refer to. */
export function schemaCompiler(shared: readonly object[]): FastifySchemaCompiler<object> {
  const body = validator({ ...COMMON, coerceTypes: false }, shared)
  const text = validator({ ...COMMON, coerceTypes: 'array' }, shared)
  return ({ schema, httpPart }) => {
    const validate = (httpPart === 'body' ? body : text).compile(schema)
    return (data: unknown) =>
      validate(data) ? { value: data } : { error: refusal(validate.errors ?? [], httpPart ?? 'body') }
  }
}

function validator(options: ConstructorParameters<typeof Ajv>[0], shared: readonly object[]): Ajv {
  const ajv = new Ajv(options)
  addFormats.default(ajv, ['date', 'date-time', 'uuid'])
  ajv.addKeyword('example')
  for (const schema of shared) ajv.addSchema(schema)
  return ajv
}

function refusal(errors: readonly ErrorObject[], part: string): Problem {
  const seen = new Set<string>()
  const told = withoutOtherForms(errors)
  const faults = told
    .filter(({ keyword }) => keyword !== 'if')
    .map((error) => fault(error, part, allowedAt(error, told)))
    .filter(({ pointer, code }) => !seen.has(`${pointer} ${code}`) && seen.add(`${pointer} ${code}`))
    .slice(0, MOST_FAULTS)
  const where =
    { body: 'body', querystring: 'query string', params: 'path', headers: 'headers' }[part] ?? part
  return new Problem(
    'request-invalid',
    `The ${where} has ${faults.length} fault${faults.length === 1 ? '' : 's'}; errors[] lists them.`,
    { faults },
  )
}

const CODES: Readonly<Record<string, SchemaFaultCode>> = {
  required: 'field-missing',
  additionalProperties: 'field-unknown',
  unevaluatedProperties: 'field-unknown',
  propertyNames: 'field-unknown',
  type: 'value-type',
  format: 'value-format',
  pattern: 'value-format',
  enum: 'value-not-allowed',
  const: 'value-not-allowed',
  anyOf: 'value-form',
  oneOf: 'value-form',
}

function fault(error: ErrorObject, part: string, allowed: readonly string[]): ProblemFault {
  const { keyword, instancePath, params, message, data } = error
  const code = CODES[keyword] ?? 'value-range'
  const member: unknown = params.missingProperty ?? params.additionalProperty ?? params.propertyName
  const at = member === undefined ? instancePath : `${instancePath}/${escaped(String(member))}`
  const pointer = part === 'body' ? at : `/${{ querystring: 'query', params: 'path' }[part] ?? part}${at}`
  return {
    pointer: pointer.slice(0, 300),
    code,
    detail:
      allowed.length > 0
        ? expected(allowed, data)
        : detailOf(keyword, params, message ?? 'is not as it must be'),
  }
}

function escaped(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Everything that may stand where the error is: one form of several may allow one word, and another another. */
function allowedAt(
  { keyword, instancePath }: ErrorObject,
  errors: readonly ErrorObject[],
): readonly string[] {
  if (CODES[keyword] !== 'value-not-allowed') return []
  const here = errors.filter((one) => one.instancePath === instancePath)
  const allowed = here.flatMap(({ params }) => [params.allowedValues ?? params.allowedValue ?? []].flat())
  return [...new Set(allowed.map(String))]
}

// What was sent is told only where it is nearly an allowed word, and so can be nothing about anybody.
function expected(allowed: readonly string[], found: unknown): string {
  const list = allowed.join(', ')
  const near = typeof found === 'string' && allowed.some((word) => isNearly(found, word))
  return near ? `Found "${found}". Expected one of: ${list}.` : `Expected one of: ${list}.`
}

/** The same but for case, or for one letter more, less or other. */
function isNearly(found: string, word: string): boolean {
  const [a, b] = [found.toLowerCase(), word.toLowerCase()]
  if (Math.abs(a.length - b.length) > 1 || b.length < 4) return a === b
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return Math.max(a.length, b.length) - start - end <= 1
}

function detailOf(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'required') return 'This field is required and is not there.'
  if (CODES[keyword] === 'field-unknown')
    return 'There is no such field here. Leave it out, or check its spelling.'
  if (keyword === 'format' && params.format === 'date') return 'Expected a date that exists, as YYYY-MM-DD.'
  return `The value ${message}.`
}
