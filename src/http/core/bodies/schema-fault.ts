// What a schema finds wrong with a request, in words: what was found (its kind and size, never the value, which may be
// personal), what was expected, and what to do. One fault for a place, and of a union only the form that was meant.
import type { ErrorObject } from 'ajv'
import type { SchemaFaultCode } from '../../../contract/faults.ts'
import type { Fault } from '../../../contract/refusal.ts'
import { hasNhsNumber } from '../../../domain/assessment/nhs-number.ts'
import {
  expectedBy,
  type FormSchema,
  mayBeEmpty,
  resolved,
  type Shapes,
  WITHOUT_NHS_NUMBER,
} from './schema-words.ts'

const MOST_FAULTS = 100

/** The faults of one part of a request, from what Ajv says of it with `verbose` and `allErrors`. */
export function schemaFaults(errors: readonly ErrorObject[], part: string, shapes: Shapes): readonly Fault[] {
  const places = new Map<string, ErrorObject>()
  for (const error of ofMeantForms(errors, shapes)) {
    if (error.keyword === 'if') continue
    const place = pointerOf(error, part)
    const known = places.get(place)
    if (known === undefined || rank(error, shapes) < rank(known, shapes)) places.set(place, error)
  }
  return [...places].slice(0, MOST_FAULTS).map(([pointer, error]) => ({
    pointer: pointer.slice(0, 300),
    code: codeOf(error, shapes),
    detail: detailOf(error, shapes),
  }))
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
  [WITHOUT_NHS_NUMBER]: 'ref-nhs-number',
}

function codeOf({ keyword, data, parentSchema }: ErrorObject, shapes: Shapes): SchemaFaultCode {
  if (Number.isNaN(data) && takesIntegers((parentSchema ?? {}) as FormSchema, shapes))
    return 'integer-malformed'
  return CODES[keyword] ?? 'value-range'
}

// One that is not written plainly was read as no number at all (plain-integer.ts).
function takesIntegers(given: FormSchema, shapes: Shapes): boolean {
  const { type, anyOf = [] } = resolved(given, shapes)
  return type === 'integer' || anyOf.some((form) => takesIntegers(form, shapes))
}

// Of several things wrong with one value: first that it is of another kind, then its size, then its form.
const RANKS: readonly SchemaFaultCode[] = ['value-type', 'value-not-allowed', 'ref-nhs-number', 'value-range']

function rank(error: ErrorObject, shapes: Shapes): number {
  const at = RANKS.indexOf(codeOf(error, shapes))
  return at === -1 ? RANKS.length : at
}

function pointerOf({ instancePath, params }: ErrorObject, part: string): string {
  const member: unknown = params.missingProperty ?? params.additionalProperty ?? params.propertyName
  const at = member === undefined ? instancePath : `${instancePath}/${escaped(String(member))}`
  return part === 'body' ? at : `/${{ querystring: 'query', params: 'path' }[part] ?? part}${at}`
}

function escaped(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}

const REMEDIES: Readonly<Record<SchemaFaultCode, string>> = {
  'field-missing': 'Add it.',
  'field-unknown': 'Remove it, or check its spelling.',
  'value-type': 'Send that type.',
  'integer-malformed': 'Write its digits alone, without a leading 0.',
  'value-format': 'Use that form.',
  'ref-nhs-number': 'Send one without it.',
  'value-range': 'Keep to that size.',
  'value-not-allowed': 'Use one of these values.',
  'value-form': 'Use one of these forms.',
}

function detailOf(error: ErrorObject, shapes: Shapes): string {
  const code = codeOf(error, shapes)
  return `${foundBy(error, code)}; expected ${expectedOf(error, code, shapes)}. ${remedyOf(error, code, shapes)}`
}

function remedyOf(
  { parentSchema, params, data }: ErrorObject,
  code: SchemaFaultCode,
  shapes: Shapes,
): string {
  if (code === 'ref-nhs-number') return withoutNhsNumber(String(data))
  const missing = (parentSchema as FormSchema | undefined)?.properties?.[params.missingProperty]
  return code === 'field-missing' && missing !== undefined && mayBeEmpty(resolved(missing, shapes))
    ? 'Add it, as {} if there are none.'
    : REMEDIES[code]
}

/** What to do about an NHS number in a text: where it begins, a 0 makes eleven digits of ten that only look like one. */
export function withoutNhsNumber(text: string): string {
  return hasNhsNumber(`0${text}`)
    ? REMEDIES['ref-nhs-number']
    : 'Does it only look like one? Put a 0 before it.'
}

function expectedOf({ parentSchema, params }: ErrorObject, code: SchemaFaultCode, shapes: Shapes): string {
  const schema = (parentSchema ?? {}) as FormSchema
  if (code === 'field-missing') return expectedBy(schema.properties?.[params.missingProperty] ?? {}, shapes)
  if (code !== 'field-unknown') return expectedBy(schema, shapes)
  const names = Object.keys(schema.properties ?? {})
  return schema.expectedNames ?? (names.length === 0 ? 'no field here' : `only ${names.join(', ')}`)
}

function foundBy({ keyword, instancePath, params, data }: ErrorObject, code: SchemaFaultCode): string {
  if (code === 'field-missing') return 'Missing field'
  if (code === 'field-unknown') return 'Unknown field'
  if (code === 'ref-nhs-number') return 'Found an NHS number'
  if (code === 'integer-malformed') return 'Found something other than plain digits'
  if (keyword === 'minimum') return `Found a number below ${params.limit}`
  if (keyword === 'maximum') return `Found a number above ${params.limit}`
  // The framework hands on null where there is no body.
  return `Found ${instancePath === '' && data === null ? 'nothing' : kindOf(data)}`
}

function kindOf(data: unknown): string {
  if (data === undefined) return 'nothing'
  if (data === null) return 'null'
  if (typeof data === 'string') return counted([...data].length, 'an empty text', 'a text', 'character')
  if (Array.isArray(data)) return counted(data.length, 'an empty list', 'a list', 'member')
  if (typeof data === 'boolean') return 'a boolean'
  if (typeof data === 'number') return 'a number'
  return counted(Object.keys(data).length, 'an empty object', 'an object', 'field')
}

function counted(count: number, none: string, some: string, unit: string): string {
  return count === 0 ? none : `${some} of ${count} ${unit}${count === 1 ? '' : 's'}`
}

// A value that fits no form of a union is told what is wrong with the form that was meant. Of named forms the tag says
// which that is, and Ajv tells that one's errors alone; of others it is the kind of the value. A tag that names no form
// is told of as a member that is missing or wrong.
function ofMeantForms(errors: readonly ErrorObject[], shapes: Shapes): readonly ErrorObject[] {
  return withoutMisfits(errors).map((error) =>
    error.keyword === 'discriminator' ? ofTag(error, shapes) : error,
  )
}

function ofTag(error: ErrorObject, shapes: Shapes): ErrorObject {
  const { tag, tagValue } = error.params as { tag: string; tagValue: unknown }
  const { oneOf = [] } = (error.parentSchema ?? {}) as FormSchema
  const names = oneOf.map((form) => resolved(form, shapes).properties?.[tag]?.const)
  if (tagValue === undefined) {
    const properties = { [tag]: { enum: names } }
    return { ...error, keyword: 'required', params: { missingProperty: tag }, parentSchema: { properties } }
  }
  const instancePath = `${error.instancePath}/${tag}`
  return { ...error, keyword: 'enum', instancePath, data: tagValue, parentSchema: { enum: names } }
}

// With one of these at the union's own place a value is not of that form at all: a number is no list with a fault in it.
const MISFITS: ReadonlySet<string> = new Set(['type', 'const', 'enum'])

// Ajv puts a union's own error after those of its forms.
function withoutMisfits(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let left: ErrorObject[] = []
  for (const error of errors) {
    const { keyword, instancePath: place } = error
    const isWithin = (one: ErrorObject) =>
      one.instancePath === place || one.instancePath.startsWith(`${place}/`)
    const isMisfit = (one: ErrorObject) => one.instancePath === place && MISFITS.has(one.keyword)
    if (keyword === 'anyOf') left = left.filter((one) => !isMisfit(one))
    if (keyword !== 'anyOf' || !left.some(isWithin)) left.push(error)
  }
  return left
}
