// What every resource's description shares: the headers it reads, and how it answers and refuses.
import { type TSchema, Type } from '@sinclair/typebox'
import { named } from '../../../contract/primitives.ts'
import { Problem } from '../../../contract/problem.ts'

const refusal = {
  description: 'A refusal by name: a problem document (RFC 9457).',
  content: { 'application/problem+json': { schema: named(Problem) } },
}

// Bodies are sent as stored text or as domain values, so what the compiler would check of them is no help; a test
// holds every answer given in the suite against these schemas instead.
// biome-ignore lint/suspicious/noExplicitAny: see above
const untyped = (schema: TSchema) => Type.Unsafe<any>(schema)

const problems = {
  '4xx': untyped(refusal as unknown as TSchema),
  '5xx': untyped(refusal as unknown as TSchema),
}

export function ok(schema: TSchema) {
  return { 200: untyped(schema), ...problems }
}

/** As `ok`, and 304 without a body for a caller who has it already. */
export function okOrUnchanged(schema: TSchema) {
  return {
    ...ok(schema),
    304: untyped(Type.Null({ description: 'Unchanged since the ETag in If-None-Match.' })),
  }
}

export function created(schema: TSchema) {
  return { 201: untyped(schema), ...problems }
}

export function accepted(schema: TSchema) {
  return { 202: untyped(schema), ...problems }
}

/** The same resource in several media types. */
export function inTypes(description: string, schemas: Readonly<Record<string, TSchema>>): TSchema {
  const content = Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))
  return { description, content } as unknown as TSchema
}

// Described only: the handlers read these headers themselves, since each refusal has a name of its own. The OpenAPI
// document says that they are required.
const idempotencyKey = {
  'idempotency-key': Type.Optional(
    Type.String({ description: 'New for each thing to create, and the same for its retries.' }),
  ),
}
const ifMatch = {
  'if-match': Type.Optional(Type.String({ description: 'The ETag of the revision that you saw.' })),
}

export const REQUIRED_HEADERS: readonly string[] = ['idempotency-key', 'if-match']

export const creating = Type.Object(idempotencyKey)
export const matching = Type.Object(ifMatch)
export const creatingMatching = Type.Object({ ...idempotencyKey, ...ifMatch })
