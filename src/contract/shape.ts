// What every declared shape is made with. A document is declared once, in TypeBox, and exports a type of its own name:
// `export type Flag = Frozen<Static<typeof Flag>>`. The domain imports such types, and never the values.
import { type SchemaOptions, type Static, type TObject, type TProperties, Type } from '@sinclair/typebox'

/** No member but those that are named. */
export const closed = { additionalProperties: false } as const

/** A shape under a name of its own, so that it stands once in the OpenAPI document: no member but those given. */
export function Form<T extends TProperties>($id: string, members: T, description?: string): TObject<T> {
  return Type.Object(members, { $id, ...closed, ...(description === undefined ? {} : { description }) })
}

/** A type that nothing changes any more, down to its last member. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T

/**
 * One of several named forms, told apart by the text of the member `tag`: `{ step: 'gross', … }` is a WorkingGross.
 * Each form has its own `$id`, requires the tag and gives it one literal. A value is held against the form it names.
 */
export function Variants<const Forms extends readonly TObject[]>(
  $id: string,
  tag: string,
  forms: Forms,
  options: SchemaOptions = {},
) {
  return Type.Unsafe<Static<Forms[number]>>({
    ...options,
    $id,
    // Without it, whatever is no object has no tag to be wrong, and would fit.
    type: 'object',
    discriminator: { propertyName: tag },
    oneOf: forms.map((form) => ({ $ref: `${form.$id}#` })),
  })
}
