// Which value of its tag means which form of a union: said to generators of clients here, since the validator that holds
// requests against the same schemas refuses to be told.
import type { OpenAPIV3_1 } from 'openapi-types'

type Union = {
  readonly oneOf: readonly { readonly $ref: string }[]
  readonly discriminator: { readonly propertyName: string }
}
type Form = { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> }

export function withMappings(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const forms: Readonly<Record<string, Form>> = JSON.parse(JSON.stringify(document.components?.schemas ?? {}))
  const withMapping = (union: Union) => ({
    ...union,
    discriminator: { ...union.discriminator, mapping: mappingOf(union, forms) },
  })
  return JSON.parse(JSON.stringify(document, (_name, value) => (isUnion(value) ? withMapping(value) : value)))
}

function isUnion(value: unknown): value is Union {
  return typeof value === 'object' && value !== null && 'discriminator' in value && 'oneOf' in value
}

function mappingOf(
  { oneOf, discriminator: { propertyName } }: Union,
  forms: Readonly<Record<string, Form>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    oneOf.flatMap(({ $ref }) => {
      const tag = forms[$ref.split('/').at(-1) ?? '']?.properties?.[propertyName]
      return (tag?.enum ?? []).map((value) => [value, $ref])
    }),
  )
}
