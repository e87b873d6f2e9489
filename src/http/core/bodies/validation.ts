// How requests are checked: bodies strictly (nothing dropped, nothing coerced, every fault reported), query strings
// and path parameters with the coercion that text needs, and whole numbers in either by how they are written.
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import { faultsIn, Refusal } from '../../../contract/refusal.ts'
import { hasNhsNumber } from '../../../domain/assessment/nhs-number.ts'
import { isPlainInteger, NOT_PLAIN } from '../requests/plain-integer.ts'
import { mayBeAbsent } from './json-body.ts'
import { schemaFaults } from './schema-fault.ts'
import {
  type FormSchema,
  type Shapes,
  shapesById,
  WITHOUT_NHS_NUMBER,
  WORD_KEYWORDS,
} from './schema-words.ts'

const COMMON = {
  allErrors: true,
  // Errors carry the schema they are of and the value found.
  verbose: true,
  removeAdditional: false,
  useDefaults: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  discriminator: true,
} as const

type Validators = { readonly body: Ajv; readonly text: Ajv; readonly shapes: Shapes }

/** By the schemas they know: all who have the same share what is compiled, which is a good part of a start. */
const made = new WeakMap<readonly object[], Validators>()

function make(shared: readonly object[]): Validators {
  const body = validator({ ...COMMON, coerceTypes: false }, shared)
  const text = validator({ ...COMMON, coerceTypes: 'array' }, shared)
  const validators = { body, text, shapes: shapesById(shared) }
  made.set(shared, validators)
  return validators
}

/** The schema compiler of the service. `shared` are the named schemas that others refer to. */
export function schemaCompiler(shared: readonly object[]): FastifySchemaCompiler<object> {
  const { body, text, shapes } = made.get(shared) ?? make(shared)
  return ({ schema, httpPart = 'body' }) => {
    const validate = (httpPart === 'body' ? body : text).compile(schema)
    const check = (data: unknown) =>
      validate(data) ? { value: data } : { error: refusal(validate.errors ?? [], httpPart, shapes) }
    if (httpPart !== 'body') return (data: unknown) => check(withPlainIntegers(schema, data))
    return mayBeAbsent(schema) ? (data: unknown) => check(data ?? NOTHING) : check
  }
}

// Before anything is made of them: to a coercion 0x10, 1e3, ' 1' and 01 are numbers too, and Infinity is within every
// bound.
function withPlainIntegers({ properties = {} }: FormSchema, data: unknown): unknown {
  const given = data as Record<string, unknown>
  for (const [name, { type }] of Object.entries(properties)) {
    const text = given[name]
    if (type === 'integer' && typeof text === 'string' && !isPlainInteger(text)) given[name] = NOT_PLAIN
  }
  return given
}

const NOTHING = Object.freeze({})

function validator(options: ConstructorParameters<typeof Ajv>[0], shared: readonly object[]): Ajv {
  const ajv = new Ajv(options)
  addFormats.default(ajv, ['date', 'date-time', 'uuid'])
  for (const keyword of ['example', ...WORD_KEYWORDS]) ajv.addKeyword(keyword)
  const validate = (_on: boolean, text: string) => !hasNhsNumber(text)
  ajv.addKeyword({ keyword: WITHOUT_NHS_NUMBER, type: 'string', schemaType: 'boolean', validate })
  for (const schema of shared) ajv.addSchema(schema)
  return ajv
}

const WHERE: Readonly<Record<string, string>> = { querystring: 'query string', params: 'path' }

function refusal(errors: readonly ErrorObject[], part: string, shapes: Shapes): Refusal {
  const faults = schemaFaults(errors, part, shapes)
  return new Refusal('request-invalid', faultsIn(`The ${WHERE[part] ?? part}`, faults), { faults })
}
