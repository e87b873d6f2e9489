// The examples of the OpenAPI document: what a running service was sent and answered, recorded in openapi/examples by
// the schema's name, or by the operation's where the schema has none. A test records them again and compares.
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { OpenAPIV3_1 } from 'openapi-types'
import { type DescribedOperation, operationsOf } from './document.ts'

const FOLDER = new URL('../../../../openapi/examples/', import.meta.url)

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/x-ndjson': '.ndjson',
  'text/plain': '.txt',
  'text/csv': '.csv',
}

type Media = OpenAPIV3_1.MediaTypeObject

export function withExamples(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const recorded = new Set(readdirSync(FOLDER))
  const examples: Record<string, OpenAPIV3_1.ExampleObject> = {}
  for (const operation of operationsOf(document))
    for (const [type, media] of mediaOf(operation)) {
      const name = `${schemaName(media) ?? operation.operationId}${EXTENSIONS[type]}`
      if (!recorded.has(name)) continue
      examples[name] ??= { value: contentOf(name) }
      media.examples = { recorded: { $ref: `#/components/examples/${name}` } }
    }
  document.components = { ...document.components, examples }
  return document
}

function mediaOf({ requestBody, responses = {} }: DescribedOperation): readonly (readonly [string, Media])[] {
  return [requestBody, ...Object.values(responses)].flatMap((part) =>
    part !== undefined && 'content' in part ? Object.entries(part.content ?? {}) : [],
  )
}

function schemaName({ schema }: Media): string | undefined {
  return schema !== undefined && '$ref' in schema ? schema.$ref.split('/').at(-1) : undefined
}

function contentOf(name: string): unknown {
  const text = readFileSync(new URL(name, FOLDER), 'utf8')
  return extname(name) === '.json' ? JSON.parse(text) : text
}
