// How answers are described in the OpenAPI document beyond their schemas: the headers that go with each, and every
// status that an operation refuses with, by the codes of the problems it stands for.
import type { OpenAPIV3_1 } from 'openapi-types'
import type { RefusalCode } from '../../../contract/problems.ts'
import { problemsOf } from './openapi-problems.ts'

type Operation = OpenAPIV3_1.OperationObject
type Response = OpenAPIV3_1.ResponseObject
type HeaderName = keyof typeof HEADERS

const text = (description: string, example: string) => ({ description, schema: { type: 'string' }, example })

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
  'X-Correlation-ID': text(
    'The X-Correlation-ID of the request, or a new one: name it to the operators.',
    'order-66',
  ),
  'Cache-Control': text('How long, and by whom, the answer may be kept.', 'public, max-age=60'),
} as const

/** The headers' descriptions, for `components`. */
export const HEADER_COMPONENTS = HEADERS as unknown as Record<string, OpenAPIV3_1.HeaderObject>

/** Gives every answer of an operation its headers, and every refusal its status with its codes. */
export function describeResponses(operation: Operation, path: string): void {
  const responses = operation.responses ?? {}
  const refusal = responses['4XX'] as Response | undefined
  delete responses['4XX']
  delete responses['5XX']
  for (const [status, response] of Object.entries(responses) as [string, Response][])
    response.headers = { ...response.headers, ...referred(headersOf(operation, status, response)) }
  for (const [status, codes] of problemsOf(operation, path.startsWith('/v1/')))
    responses[status] = refusalBy(codes, refusal?.content)
  operation.responses = responses
}

/** Gives operations that can answer 304 the header that asks for it. */
export function describeConditions(operation: Operation): void {
  if (operation.responses?.['304'] === undefined) return
  operation.parameters ??= []
  operation.parameters.push({
    in: 'header',
    name: 'if-none-match',
    required: false,
    schema: { type: 'string' },
    description: 'The ETag of what you have: the answer is 304 without a body while that still holds.',
  })
}

function headersOf(operation: Operation, status: string, { content }: Response): HeaderName[] {
  const schema = JSON.stringify(content?.['application/json']?.schema ?? {})
  const isList = /Page"/.test(schema) && !/FeedPage"/.test(schema) && operation.requestBody === undefined
  const isCreated = status === '201' || status === '202'
  const isTagged = operation.responses?.['304'] !== undefined || /(Questionnaire|Table)Version"/.test(schema)
  return [
    'X-Correlation-ID',
    ...(isTagged ? (['ETag'] as const) : []),
    ...(isList ? (['Link'] as const) : []),
    ...(isCreated ? (['Location', 'Idempotency-Replayed'] as const) : []),
    'Cache-Control',
  ]
}

// Refused because of what is there already, with the address of that.
const LOCATED: ReadonlySet<RefusalCode> = new Set(['assessment-already-recorded', 'already-corrected'])
const RETRIED: ReadonlySet<RefusalCode> = new Set([
  'idempotency-key-in-use',
  'rate-limited',
  'busy',
  'unavailable',
])

function refusalBy(codes: readonly RefusalCode[], content: Response['content']): Response {
  const headers: HeaderName[] = ['X-Correlation-ID', 'Cache-Control']
  if (codes.some((code) => RETRIED.has(code))) headers.push('Retry-After')
  if (codes.some((code) => LOCATED.has(code))) headers.push('Location')
  const response = {
    description: `Refused: ${codes.join(', ')}.`,
    headers: referred(headers),
    content: structuredClone(content),
    'x-problem-codes': codes,
  }
  return response as Response
}

function referred(names: readonly HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
