// How requests are checked: bodies strictly (nothing dropped, nothing coerced, every fault reported), query strings
// and path parameters with the coercion that text needs. Faults carry pointers and never the values sent.
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import type { SchemaFaultCode } from './fault-catalogue.ts'
import { Problem, type ProblemFault } from './problem.ts'

const COMMON = {
  allErrors: true,
  removeAdditional: false,
  useDefaults: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
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
  const faults = errors
    .filter(({ keyword }) => keyword !== 'if')
    .map((error) => fault(error, part))
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

function fault(error: ErrorObject, part: string): ProblemFault {
  const { keyword, instancePath, params, message } = error
  const code = CODES[keyword] ?? 'value-range'
  const member: unknown = params.missingProperty ?? params.additionalProperty ?? params.propertyName
  const at = member === undefined ? instancePath : `${instancePath}/${escaped(String(member))}`
  const pointer = part === 'body' ? at : `/${{ querystring: 'query', params: 'path' }[part] ?? part}${at}`
  return {
    pointer: pointer.slice(0, 300),
    code,
    detail: detailOf(keyword, params, message ?? 'is not as it must be'),
  }
}

function escaped(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}

function detailOf(keyword: string, params: Record<string, unknown>, message: string): string {
  const allowed = params.allowedValues ?? params.allowedValue
  if (allowed !== undefined) return `Expected one of: ${[allowed].flat().join(', ')}.`
  if (keyword === 'required') return 'This field is required and is not there.'
  if (CODES[keyword] === 'field-unknown')
    return 'There is no such field here. Leave it out, or check its spelling.'
  if (keyword === 'format' && params.format === 'date') return 'Expected a date that exists, as YYYY-MM-DD.'
  return `The value ${message}.`
}
