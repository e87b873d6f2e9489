// The small types that every schema is made of, each with its form, its bounds, an example, and in `expected` the words
// for whoever sends something else: a pattern says nothing to people.
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Form } from './shape.ts'

// "constructor" and "prototype" are refused as member names of bodies: a question so named could never be answered.
export const KEY_PATTERN = '^(?!constructor$|prototype$)[a-z][a-z0-9_-]{0,63}$'
export const KEY_FORM =
  'a key of 1 to 64 lower-case letters, digits, hyphens and underscores, the first a letter'

/** The id of an authority; the database holds every row of openras.authority to the same. */
export const AUTHORITY_PATTERN = '^[a-z][a-z0-9-]{1,62}$'
export const AUTHORITY_FORM = new RegExp(AUTHORITY_PATTERN)

/** Clients and subjects: what identity providers name them by, which is printable ASCII without spaces. */
export const ACTOR_FORM = /^[\x21-\x7e]{1,255}$/

export const Key = Type.String({
  pattern: KEY_PATTERN,
  expected: KEY_FORM,
  maxLength: 64,
  description: 'A short name chosen once: lower-case letters, digits, hyphen and underscore.',
  examples: ['nutrition'],
})

export const Money = Type.String({
  pattern: '^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,2})?$',
  maxLength: 15,
  expected: 'pounds as a decimal string: up to 12 digits, at most two places, no sign, no comma',
  description: 'Pounds sterling as a decimal string.',
  examples: ['18552.06'],
})

export const SignedMoney = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,11})\\.[0-9]{2}$',
  maxLength: 16,
  expected: 'pounds as a decimal string with two places, with a minus sign where it is less',
  description: 'A change in pounds sterling as a decimal string.',
  examples: ['-120.50'],
})

export const Points = Type.String({
  pattern: '^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?$',
  maxLength: 11,
  expected: 'points as a decimal string: up to 6 digits, at most four places, no sign',
  description: 'Points as a decimal string.',
  examples: ['28.00'],
})

// Products of weighting factors can carry more places than a questionnaire may write.
export const ShownPoints = Type.String({
  pattern: '^[0-9]+\\.[0-9]{2,}$',
  maxLength: 400,
  expected: 'points as a decimal string with at least two places',
  description: 'Points of a working, exact, with at least two places.',
  examples: ['9.375'],
})

export const Factor = Type.String({
  pattern: '^(0|[1-9][0-9]?)(\\.[0-9]{1,8})?$',
  maxLength: 11,
  expected: 'a factor as a decimal string: from 0 to below 100, at most eight places, no sign',
  description: 'A factor or fraction as a decimal string.',
  examples: ['0.75'],
})

export const PolicyDate = Type.String({
  format: 'date',
  pattern: '^(19|20|21)[0-9]{2}-',
  maxLength: 10,
  expected: 'a date that exists, as YYYY-MM-DD, from 1900 to 2199',
  description: 'A date, YYYY-MM-DD, from 1900 to 2199.',
  examples: ['2026-04-01'],
})

// Narrower than the format, which lets through leap seconds and offsets that no clock here can read.
export const Instant = Type.String({
  format: 'date-time',
  pattern:
    '^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T([0-9]{2}:){2}[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$',
  maxLength: 35,
  expected: 'an instant, RFC 3339, from 1900 to 2199, with seconds and an offset',
  description: 'An instant, RFC 3339 with offset, from 1900 to 2199.',
  examples: ['2026-11-16T10:21:07.123Z'],
})

export const Uuid = Type.String({
  format: 'uuid',
  pattern: '^[0-9A-Fa-f-]{36}$',
  expected: 'a UUID of 36 characters, hyphens included',
  maxLength: 36,
  examples: ['019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b'],
})

export const ContentHash = Type.String({
  pattern: '^sha256:[0-9a-f]{64}$',
  maxLength: 71,
  expected: 'sha256: and 64 digits and letters a to f',
  description: 'SHA-256 over the canonical bytes (RFC 8785) of a published version.',
  examples: [`sha256:${'0'.repeat(64)}`],
})

/** The caller's own opaque reference: visible ASCII without spaces, so that no name is put here by habit. */
export function Ref(description: string) {
  return Type.String({
    pattern: '^[\\x21-\\x7e]{1,100}$',
    maxLength: 100,
    expected: 'a reference of 1 to 100 visible ASCII characters without spaces',
    withoutNhsNumber: true,
    description,
    examples: ['P-48213'],
  })
}

/** Text for people: not empty, not only spaces. */
export function Text(maxLength: number, description?: string) {
  return Type.String({
    pattern: '\\S',
    expected: `a text of 1 to ${maxLength} characters, not only spaces`,
    minLength: 1,
    maxLength,
    ...(description === undefined ? {} : { description }),
  })
}

export const Version = Type.Integer({ minimum: 1, maximum: 1_000_000, examples: [1] })

/** A schema registered under its `$id`, referred to by name so that it appears once in the OpenAPI document. */
export function named<T extends TSchema>(schema: T) {
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}

export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

export function OneOf<const T extends readonly string[]>(...values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })
}

/** What the query string of every list has. */
export const listed = {
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}

export function page<T extends TSchema>($id: string, item: T) {
  return Form($id, {
    data: Type.Array(item),
    nextCursor: Nullable(
      Type.String({
        description: 'Send it as cursor, with the same filters, for the next page; null on the last.',
      }),
    ),
  })
}
