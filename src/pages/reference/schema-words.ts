// A JSON schema in words: what may stand in a field, for people who write programs against the service.
import type { OpenAPIV3_1 } from 'openapi-types'
import { type Html, html } from '../html.ts'

export type Schema = OpenAPIV3_1.SchemaObject | OpenAPIV3_1.ReferenceObject

/** Where the form of a name is described. */
export function formLink(name: string): Html {
  return html`<a href="/docs/forms#${name}">${name}</a>`
}

/** "text", "whole number", "list of Fault", "DraftFault or null" … with links to what has a name. */
export function kindOf(schema: Schema): Html {
  if ('$ref' in schema) return formLink(nameOf(schema))
  const forms = schema.oneOf ?? schema.anyOf
  if (forms !== undefined) return either(forms.map(kindOf))
  if (schema.enum !== undefined) return either(schema.enum.map(value))
  if ('const' in schema) return value(schema.const)
  if (schema.type === 'array') return html`list of ${kindOf(schema.items ?? {})}`
  const others = schema.additionalProperties
  if (typeof others === 'object' && Object.keys(others).length > 0)
    return html`object of named ${kindOf(others)}`
  return html`${TYPES[String(schema.type)] ?? 'anything'}${schema.format === undefined ? '' : ` (${schema.format})`}`
}

export function nameOf({ $ref }: OpenAPIV3_1.ReferenceObject): string {
  return $ref.slice($ref.lastIndexOf('/') + 1)
}

export type Field = {
  readonly path: string
  readonly schema: Schema
  readonly required: boolean
}

/** The fields of an object, those of objects without a name of their own beneath them: `lifecycle.status`. */
export function fieldsOf(schema: Schema, above = ''): readonly Field[] {
  if ('$ref' in schema) return []
  return Object.entries(schema.properties ?? {}).flatMap(([name, own]) => {
    const path = `${above}${name}`
    const inside = 'items' in own && own.items !== undefined ? own.items : own
    const below = inside === own ? `${path}.` : `${path}[].`
    return [
      { path, schema: own, required: schema.required?.includes(name) ?? false },
      ...fieldsOf(inside, below),
    ]
  })
}

/** What the fields say of themselves: their description, else their limits. */
export function meaningOf(schema: Schema): string {
  if ('$ref' in schema) return ''
  const { description, minimum, maximum } = schema
  const limits =
    minimum === undefined && maximum === undefined ? [] : [`From ${minimum ?? 'any'} to ${maximum ?? 'any'}.`]
  return [...(description === undefined ? [] : [description]), ...limits].join(' ')
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
}

function value(one: unknown): Html {
  return html`<code>${String(JSON.stringify(one))}</code>`
}

function either(parts: readonly Html[]): Html {
  return parts.reduce((all, part) => html`${all} or ${part}`)
}
