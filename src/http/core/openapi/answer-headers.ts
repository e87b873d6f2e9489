// The headers of answers in the OpenAPI document: what each says, and with which answers it goes.
import { STATUS_CODES } from 'node:http'
import type { OpenAPIV3_1 } from 'openapi-types'
import { operationsOf } from './document.ts'

type Operation = OpenAPIV3_1.OperationObject
type Response = OpenAPIV3_1.ResponseObject

const text = (description: string, example: string): OpenAPIV3_1.HeaderObject => ({
  description,
  schema: { type: 'string' },
  example,
})

const HEADERS = {
  ETag: text('What to send as If-None-Match to poll this, or as If-Match to change it.', '"r1"'),
  Location: text(
    'The address of what this answer is about.',
    '/v1/assessments/019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b',
  ),
  Link: text('The next page, rel="next"; not there on the last.', '</v1/allocations?cursor=W10>; rel="next"'),
  'Retry-After': {
    description: 'Seconds to wait before the same request is sent again.',
    schema: { type: 'integer' },
    example: 2,
  },
  'Idempotency-Replayed': text('"true" where this is the first answer, given again to a retry.', 'true'),
  'OpenRAS-Receipt': text(
    'What the log can be held to: a signature over the event and its leaf hash, in the name of the log.',
    'openras.example/demo UYIdRwTy5DzeJnSA…',
  ),
  'X-Correlation-ID': text(
    'The X-Correlation-ID of the request, or a new one: name it to the operators.',
    'order-66',
  ),
  'Cache-Control': text('How long, and by whom, the answer may be kept.', 'public, max-age=60'),
  'WWW-Authenticate': text(
    'Which credentials are taken and, of a token that was refused, why (RFC 6750).',
    'Bearer realm="openras", error="insufficient_scope", scope="allocations:read"',
  ),
} as const satisfies Record<string, OpenAPIV3_1.HeaderObject>

export type HeaderName = keyof typeof HEADERS

/** Names every answer by its status and gives it its headers, and 304 the request header that asks for it. */
export function withAnswerHeaders(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  document.components = { ...document.components, headers: HEADERS }
  for (const operation of operationsOf(document)) {
    if (operation.responses?.['304'] !== undefined)
      operation.parameters = [...(operation.parameters ?? []), IF_NONE_MATCH]
    for (const [status, response] of Object.entries(operation.responses ?? {}) as [string, Response][]) {
      response.description = phraseOf(status)
      response.headers = referredHeaders(headersOf(operation, status, response))
    }
  }
  return document
}

/** What HTTP calls a status: "OK", "Created", "Not Modified". */
export function phraseOf(status: string): string {
  return STATUS_CODES[status] ?? status
}

export function referredHeaders(names: readonly HeaderName[]): NonNullable<Response['headers']> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const IF_NONE_MATCH: OpenAPIV3_1.ParameterObject = {
  in: 'header',
  name: 'if-none-match',
  required: false,
  schema: { type: 'string' },
  description: 'The ETag of what you have: the answer is 304 without a body while that still holds.',
}

function headersOf(operation: Operation, status: string, { content }: Response): HeaderName[] {
  const schema = JSON.stringify(content?.['application/json']?.schema ?? {})
  const isList = /Page"/.test(schema) && !/FeedPage"/.test(schema) && operation.requestBody === undefined
  const isCreated = status === '201' || status === '202'
  const isTagged =
    operation.responses?.['304'] !== undefined || /(Questionnaire|Table)(Version|Publication)"/.test(schema)
  return [
    'X-Correlation-ID',
    ...(isTagged ? (['ETag'] as const) : []),
    ...(isList ? (['Link'] as const) : []),
    ...(isCreated ? (['Location', 'Idempotency-Replayed'] as const) : []),
    ...(/RecordedAssessment"/.test(schema) ? (['OpenRAS-Receipt'] as const) : []),
    'Cache-Control',
  ]
}
