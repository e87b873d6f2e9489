// How the OpenAPI document is made from the routes. The committed openapi/openapi.json is this, and a test compares.
import type { SwaggerOptions } from '@fastify/swagger'
import type { OpenAPIV3_1 } from 'openapi-types'
import { MOST_BYTES } from '../../cohorts/csv-file.ts'
import { mayBeAbsent } from '../bodies/optional-body.ts'
import { WORD_KEYWORDS } from '../bodies/schema-words.ts'
import { exampleBodies } from './openapi-examples.ts'
import { describeConditions, describeResponses, HEADER_COMPONENTS } from './openapi-responses.ts'
import { REQUIRED_HEADERS } from './responses.ts'

const DESCRIPTION = `An open, honest Resource Allocation System for adult social care in England.

Money and points are decimal strings, pounds sterling and a year unless the name says otherwise. An allocation is
indicative: a named person decides the final budget. Every refusal is a problem document whose code is explained at
/problems/{code}. Requests that create need an Idempotency-Key, and a retry with the same key gets the same answer.`

export function openapi(release: string): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OpenRAS',
        version: release,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        contact: { name: 'The authority that runs this service' },
      },
      servers: [{ url: '/', description: 'This service' }],
      security: [{ bearer: [] }, { basic: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or an OAuth2 access token.' },
          basic: { type: 'http', scheme: 'basic', description: 'The API key as password; any name.' },
        },
      },
      tags: [
        { name: 'assessments', description: 'Assessments, recorded with the allocation computed from each.' },
        { name: 'estimates', description: 'The same sum, nothing stored.' },
        { name: 'allocations', description: 'Indicative budgets, their working and their explanation.' },
        { name: 'feed', description: 'Every event once, in one order: what dashboards poll.' },
        { name: 'questionnaires', description: 'Versions of questionnaires: drafted, edited, published.' },
        { name: 'calibration tables', description: 'Versions of tables: £ for points.' },
        {
          name: 'calibration',
          description: 'Cohorts of real cases, and what the next table would do to them.',
        },
        { name: 'public', description: 'Everything published, without a credential.' },
        { name: 'problems', description: 'What each refusal means.' },
        { name: 'operations', description: 'For those who run the service.' },
      ],
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transformObject: (document) => {
      if (!('openapiObject' in document)) throw new Error('expected an OpenAPI 3 document')
      const steps = [
        withoutWords,
        withOptionalBodies,
        withTrueRequirements,
        withFiles,
        withExamples,
        withWholeResponses,
      ]
      return steps.reduce((made, step) => step(made), document.openapiObject as OpenAPIV3_1.Document)
    },
  }
}

// The words for refusals are the service's own; a reader has the descriptions.
function withoutWords(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const isWord = (name: string) => (WORD_KEYWORDS as readonly string[]).includes(name)
  return JSON.parse(
    JSON.stringify(document, (name, value) =>
      isWord(name) && typeof value === 'string' ? undefined : value,
    ),
  )
}

function withOptionalBodies(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const operation of operationsOf(document)) {
    const { requestBody } = operation as { requestBody?: OpenAPIV3_1.RequestBodyObject }
    const { $ref = '' } = (requestBody?.content['application/json']?.schema ?? {}) as { $ref?: string }
    if (requestBody !== undefined && mayBeAbsent({ $ref: `${$ref.split('/').at(-1)}#` }))
      requestBody.required = false
  }
  return document
}

function isNeeded({ required = false, schema = {} }: OpenAPIV3_1.ParameterObject): boolean {
  return required && !('default' in schema)
}

function withWholeResponses(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  document.components = { ...document.components, headers: HEADER_COMPONENTS }
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const operation of Object.values(operations ?? {}) as OpenAPIV3_1.OperationObject[]) {
      describeConditions(operation)
      describeResponses(operation, path)
    }
  }
  return document
}

function operationsOf(document: OpenAPIV3_1.Document): OpenAPIV3_1.OperationObject[] {
  return Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}) as object[])
}

// The service reads these headers itself, to refuse their absence by name; to a caller they are simply required. And
// what has a default need not be said.
function withTrueRequirements(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const parameter of operationsOf(document).flatMap(operationParameters))
    if (parameter.in === 'header' && REQUIRED_HEADERS.includes(parameter.name)) parameter.required = true
    else if (parameter.in !== 'path') parameter.required = isNeeded(parameter)
  return document
}

// A file is a stream to the service, which no schema can look into; to a caller it is a text of a certain size.
function withFiles(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const { requestBody } of operationsOf(document)) {
    const file = (requestBody as OpenAPIV3_1.RequestBodyObject | undefined)?.content['text/csv']
    if (file !== undefined) file.schema = { ...file.schema, type: 'string', maxLength: MOST_BYTES }
  }
  return document
}

function withExamples(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas = document.components?.schemas ?? {}
  for (const [name, example] of Object.entries(exampleBodies))
    schemas[name] = { ...schemas[name], examples: [example] }
  return document
}

function operationParameters({
  parameters = [],
}: OpenAPIV3_1.OperationObject): OpenAPIV3_1.ParameterObject[] {
  return parameters.filter((parameter) => 'in' in parameter)
}
