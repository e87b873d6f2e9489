// What many operations have in common stands once in the OpenAPI document and is referred to: the answers that refuse,
// by their status, and the parameters that more than one operation has.
import type { OpenAPIV3_1 } from 'openapi-types'
import { PROBLEMS } from '../../../contract/problems.ts'
import { type HeaderName, phraseOf, referredHeaders } from './answer-headers.ts'
import { operationsOf, parametersOf } from './document.ts'

type Parameter = OpenAPIV3_1.ParameterObject

export function withSharedParts(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  return withSharedParameters(withRefusals(document))
}

// Which codes an operation refuses with is said by its own x-problem-codes.
function withRefusals(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const shared: Record<string, OpenAPIV3_1.ResponseObject> = {}
  for (const operation of operationsOf(document)) {
    const statuses = new Set(
      (operation['x-problem-codes'] ?? []).map((code) => String(PROBLEMS[code].status)),
    )
    for (const status of statuses) {
      shared[status] ??= refusal(status)
      operation.responses = {
        ...operation.responses,
        [status]: { $ref: `#/components/responses/${status}` },
      }
    }
  }
  document.components = { ...document.components, responses: shared }
  return document
}

// Refused because of what is there already, with the address of that; or to be sent again in a while.
const BESIDE: Readonly<Record<string, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  403: ['WWW-Authenticate'],
  404: ['Retry-After'],
  409: ['Location', 'Retry-After'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

function refusal(status: string): OpenAPIV3_1.ResponseObject {
  return {
    description: `${phraseOf(status)}: refused by one of the x-problem-codes of the operation that have this status.`,
    headers: referredHeaders(['X-Correlation-ID', ...(BESIDE[status] ?? []), 'Cache-Control']),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

function withSharedParameters(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const operations = operationsOf(document)
  const shared = sharedParameters(operations.flatMap(parametersOf))
  for (const operation of operations) {
    if (operation.parameters === undefined) continue
    operation.parameters = parametersOf(operation).map((one) =>
      textOf(shared[one.name]) === textOf(one) ? { $ref: `#/components/parameters/${one.name}` } : one,
    )
  }
  document.components = { ...document.components, parameters: shared }
  return document
}

// Of parameters with one name, the form that most operations have.
function sharedParameters(all: readonly Parameter[]): Record<string, Parameter> {
  const forms = [...Map.groupBy(all, textOf).values()].filter((same) => same.length > 1)
  const rarestFirst = forms.sort((a, b) => a.length - b.length)
  return Object.fromEntries(rarestFirst.flatMap(([one]) => (one === undefined ? [] : [[one.name, one]])))
}

function textOf(parameter: Parameter | undefined): string {
  return JSON.stringify(parameter)
}
