// C# types of every named schema. The generator melts a union into one class with the members of all its forms, so it
// is given the forms alone; the union is written here, as an abstract class that its forms derive from.
type Schema = {
  readonly description?: string
  readonly discriminator?: {
    readonly propertyName: string
    readonly mapping: Readonly<Record<string, string>>
  }
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, unknown>>
}
export type Schemas = Readonly<Record<string, Schema>>

type Union = { readonly name: string; readonly tag: string; readonly forms: ReadonlyMap<string, string> }

const nameIn = (ref: string) => ref.split('/').at(-1) ?? ref

export function unionsIn(schemas: Schemas): readonly Union[] {
  return Object.entries(schemas).flatMap(([name, { discriminator }]) => {
    if (discriminator === undefined) return []
    const { propertyName: tag, mapping } = discriminator
    return [
      { name, tag, forms: new Map(Object.entries(mapping).map(([value, ref]) => [value, nameIn(ref)])) },
    ]
  })
}

/** The schemas as the generator gets them: unions empty, forms without their tag, which the serialiser writes. */
export function definitionsFor(schemas: Schemas): object {
  const tagOf = new Map(
    unionsIn(schemas).flatMap(({ tag, forms }) => [...forms.values()].map((form) => [form, tag])),
  )
  const definitions = Object.entries(schemas).map(([name, schema]) => [
    name,
    schema.discriminator === undefined
      ? without(schema, tagOf.get(name))
      : { type: 'object', additionalProperties: false },
  ])
  const text = JSON.stringify({ definitions: Object.fromEntries(definitions) })
  return JSON.parse(text.replaceAll('#/components/schemas/', '#/definitions/'))
}

function without(schema: Schema, tag: string | undefined): Schema {
  if (tag === undefined) return schema
  const { [tag]: _, ...properties } = schema.properties ?? {}
  return { ...schema, properties, required: (schema.required ?? []).filter((name) => name !== tag) }
}

const NOTE = `// The tag of a union is not always its first member: set AllowOutOfOrderMetadataProperties = true in
// JsonSerializerOptions (.NET 9 or later), or reading one is refused.
`

/** What the generator wrote, with the unions as classes. */
export function withUnions(generated: string, schemas: Schemas): string {
  return NOTE + unionsIn(schemas).reduce(withUnion, generated)
}

function withUnion(code: string, { name, tag, forms }: Union): string {
  const classOf = (type: string) => new RegExp(`public partial class ${type}\\b(?! :)`)
  const derived = [...forms].map(([value, form]) => `    [JsonDerivedType(typeof(${form}), "${value}")]`)
  const head = [`[JsonPolymorphic(TypeDiscriminatorPropertyName = "${tag}")]`, ...derived].join('\n')
  const abstract = code.replace(classOf(name), `${head}\n    public abstract partial class ${name}`)
  return [...new Set(forms.values())].reduce(
    (written, form) => written.replace(classOf(form), `public partial class ${form} : ${name}`),
    abstract,
  )
}
