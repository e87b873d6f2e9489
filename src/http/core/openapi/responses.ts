// What every route's answers are made of: a schema for each status, and the problem document of every refusal.
import { type TSchema, type TUnsafe, Type } from '@sinclair/typebox'
import { named } from '../../../contract/primitives.ts'

// Bodies are sent as stored text or as domain values, so what the compiler would check of them is no help; a test
// holds every answer given in the suite against these schemas instead.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Answers = Readonly<Record<number, TUnsafe<any>>>

// biome-ignore lint/suspicious/noExplicitAny: see above
const untyped = (schema: TSchema) => Type.Unsafe<any>(schema.$id === undefined ? schema : named(schema))

export function ok(schema: TSchema): Answers {
  return { 200: untyped(schema) }
}

/** As `ok`, and 304 without a body for a caller who has it already. */
export function okOrUnchanged(schema: TSchema): Answers {
  return { ...ok(schema), 304: untyped(Type.Null()) }
}

export function created(schema: TSchema): Answers {
  return { 201: untyped(schema) }
}

export function accepted(schema: TSchema): Answers {
  return { 202: untyped(schema) }
}

/** The same resource in several media types. */
export function inTypes(schemas: Readonly<Record<string, TSchema>>): TSchema {
  return Type.Unsafe({ content: contentOf(schemas) })
}

function contentOf(schemas: Readonly<Record<string, TSchema>>) {
  const refer = (schema: TSchema) => (schema.$id === undefined ? schema : named(schema))
  return Object.fromEntries(
    Object.entries(schemas).map(([type, schema]) => [type, { schema: refer(schema) }]),
  )
}
