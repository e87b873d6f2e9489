// The OpenAPI document as its steps walk it.
import type { OpenAPIV3_1 } from 'openapi-types'
import type { RefusalCode } from '../../../contract/problems.ts'

export type DescribedOperation = OpenAPIV3_1.OperationObject & {
  'x-problem-codes'?: readonly RefusalCode[]
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

export function operationsOf(document: OpenAPIV3_1.Document): readonly DescribedOperation[] {
  return Object.values(document.paths ?? {}).flatMap((path) =>
    METHODS.map((method) => path?.[method]).filter((operation) => operation !== undefined),
  )
}

/** Those that stand with the operation itself. */
export function parametersOf({
  parameters = [],
}: OpenAPIV3_1.OperationObject): readonly OpenAPIV3_1.ParameterObject[] {
  return parameters.filter((parameter) => 'in' in parameter)
}
