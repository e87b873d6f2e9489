// A value that fits no form of a union is told what is wrong with the form that was meant. Of named forms the tag says
// which that is, and Ajv tells that one's errors alone; of others it is the kind of the value.
import type { ErrorObject } from 'ajv'
import { type FormSchema, resolved, type Shapes } from './schema-words.ts'

/** The errors of the forms that were meant. A tag that names no form is told of as a member that is missing or wrong. */
export function ofMeantForms(errors: readonly ErrorObject[], shapes: Shapes): readonly ErrorObject[] {
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
