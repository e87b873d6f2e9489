// What a request truly needs, where the service's own schemas say less: because it reads something itself, to refuse it
// by name, or because it takes what is left out for something.
import type { OpenAPIV3_1 } from 'openapi-types'
import { MOST_BYTES } from '../../cohorts/csv-file.ts'
import { mayBeAbsent } from '../bodies/json-body.ts'
import { operationsOf, parametersOf } from './document.ts'
import { REQUIRED_HEADERS } from './operation.ts'

export function withTrueRequests(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const operation of operationsOf(document)) {
    for (const parameter of parametersOf(operation)) {
      parameter.required = isRequired(parameter)
      if (isInteger(parameter)) parameter.description = sentences(parameter.description, PLAINLY)
    }
    if (operation.requestBody !== undefined && 'content' in operation.requestBody)
      describeBody(operation.requestBody)
  }
  return document
}

// What no schema says of a number: that one has a single form, and what it names therefore a single address.
const PLAINLY = 'Digits alone: no leading 0, plus, point, exponent or space.'

function isInteger({ schema = {} }: OpenAPIV3_1.ParameterObject): boolean {
  return 'type' in schema && schema.type === 'integer'
}

function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join(' ')
}

// The service reads two headers itself; to a caller they are simply required. And what has a default need not be said.
function isRequired({
  in: place,
  name,
  required = false,
  schema = {},
}: OpenAPIV3_1.ParameterObject): boolean {
  if (place === 'header' && REQUIRED_HEADERS.includes(name)) return true
  return place === 'path' || (required && !('default' in schema))
}

function describeBody(body: OpenAPIV3_1.RequestBodyObject): void {
  const { 'application/json': json, 'text/csv': file } = body.content
  const { $ref = '' } = (json?.schema ?? {}) as { $ref?: string }
  if (mayBeAbsent({ $ref: `${$ref.split('/').at(-1)}#` })) body.required = false
  // A file is a stream to the service, which no schema can look into; to a caller it is a text of a certain size.
  if (file !== undefined) file.schema = { ...file.schema, type: 'string', maxLength: MOST_BYTES }
}
