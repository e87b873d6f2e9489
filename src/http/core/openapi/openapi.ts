// How the OpenAPI document is made from the routes. The committed openapi/openapi.json is this, and a test compares.
import type { SwaggerOptions } from '@fastify/swagger'
import type { OpenAPIV3_1 } from 'openapi-types'
import { WITHOUT_NHS_NUMBER, WORD_KEYWORDS } from '../bodies/schema-words.ts'
import { SCOPE_MEANINGS } from '../credentials/scopes.ts'
import { withAnswerHeaders } from './answer-headers.ts'
import { withExamples } from './examples.ts'
import { withMappings } from './mappings.ts'
import { withSharedParts } from './shared-parts.ts'
import { withTrueRequests } from './true-requests.ts'

const DESCRIPTION = `An open, honest Resource Allocation System for adult social care in England.

Money and points are decimal strings, pounds sterling and a year unless the name says otherwise. Whole numbers are
digits alone, in bodies as in addresses: never 1.0, 1e2 or 01. An allocation is
indicative: a named person decides the final budget. Every refusal is a problem document whose code is explained at
/problems/{code}. Requests that create need an Idempotency-Key, and a retry with the same key gets the same answer.`

// Each authority has an identity provider of its own.
const TOKENS = 'https://identity-provider.example/oauth2/token'

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
      components: {
        securitySchemes: {
          oauth2: {
            type: 'oauth2',
            description:
              'An access token of the identity provider that the authority trusts, with one of the scopes. Where its tokens are had is for the authority to say.',
            flows: { clientCredentials: { tokenUrl: TOKENS, scopes: { ...SCOPE_MEANINGS } } },
          },
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key; its scopes were given to it when it was made.',
          },
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
        { name: 'credentials', description: 'Who calls, and what they may do.' },
        { name: 'problems', description: 'What each refusal means.' },
        { name: 'operations', description: 'For those who run the service.' },
      ],
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transformObject: (document) => {
      if (!('openapiObject' in document)) throw new Error('expected an OpenAPI 3 document')
      const steps = [
        withoutWords,
        withTrueRequests,
        withMappings,
        withExamples,
        withAnswerHeaders,
        withSharedParts,
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
      (isWord(name) && typeof value === 'string') || name === WITHOUT_NHS_NUMBER ? undefined : value,
    ),
  )
}
