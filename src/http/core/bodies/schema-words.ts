// What a schema expects, in words for whoever sent something else. Forms of text say it themselves in `expected`
// (src/contract/primitives.ts); the rest is read from the schema's own bounds.

/** The keywords that carry words. They are for messages alone, and stay out of the OpenAPI document. */
export const WORD_KEYWORDS = ['expected', 'expectedNames'] as const

/** The keyword of a reference, which no NHS number may be; to readers its description says so. */
export const WITHOUT_NHS_NUMBER = 'withoutNhsNumber'

/** As much of a schema as its words are made from. */
export type FormSchema = {
  readonly $id?: string
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly FormSchema[]
  /** The named forms of which the tag says which is meant. */
  readonly oneOf?: readonly FormSchema[]
  readonly examples?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, FormSchema>>
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  /** What a text must be like, as the end of "expected …". */
  readonly expected?: string
  /** The same of the names of an object's members, where the caller chooses them. */
  readonly expectedNames?: string
}

/** The schemas that others refer to, by their `$id`. */
export type Shapes = ReadonlyMap<string, FormSchema>

export function shapesById(shared: readonly FormSchema[]): Shapes {
  return new Map(shared.flatMap((schema) => (schema.$id === undefined ? [] : [[schema.$id, schema]])))
}

/** A schema itself, or the one that it refers to by name. */
export function resolved(schema: FormSchema, shapes: Shapes): FormSchema {
  return shapes.get(schema.$ref?.replace(/#$/, '') ?? '') ?? schema
}

/** Whether an empty object is as good as any: a list of names that the caller chooses. */
export function mayBeEmpty(schema: FormSchema): boolean {
  return schema.type === 'object' && schema.properties === undefined && (schema.required ?? []).length === 0
}

/** The end of a sentence that begins with "expected". */
export function expectedBy(given: FormSchema, shapes: Shapes): string {
  const schema = resolved(given, shapes)
  const { expected, examples = [], enum: values, anyOf } = schema
  if (expected !== undefined)
    return examples.length === 0 ? expected : `${expected}, such as ${JSON.stringify(examples[0])}`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (values !== undefined) return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
  if (anyOf !== undefined) return [...new Set(anyOf.map((form) => expectedBy(form, shapes)))].join(', or ')
  return ofType(schema)
}

function ofType(schema: FormSchema): string {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, maxProperties } = schema
  switch (schema.type) {
    case 'string':
      return `a text${between(minLength, maxLength, ' of', ' characters')}`
    case 'integer':
      return `a whole number${between(minimum, maximum, '', '')}`
    case 'array':
      return `a list${between(minItems, maxItems, ' of', ' members')}`
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    default:
      return `an object${withFields(schema)}${between(undefined, maxProperties, ' of', ' fields')}`
  }
}

function withFields({ required = [] }: FormSchema): string {
  return required.length === 0 ? '' : ` with ${required.join(', ')}`
}

function between(least: number | undefined, most: number | undefined, before: string, after: string): string {
  if (least === undefined && most === undefined) return ''
  if (most === undefined) return `${before} at least ${least}${after}`
  if (least === undefined || least === 0) return `${before} at most ${most}${after}`
  return `${before} ${before === '' ? 'from ' : ''}${least} to ${most}${after}`
}
