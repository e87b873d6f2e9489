// Which bodies may be left out: those in which nothing is required. Leaving one out means the same as sending {}.

import { sharedSchemas } from '../openapi/shared-schemas.ts'
import type { FormSchema } from './schema-words.ts'

const NOTHING_REQUIRED: ReadonlySet<string> = new Set(
  sharedSchemas
    .map((schema) => schema as FormSchema & { readonly $id?: string })
    .filter(({ type, required = [] }) => type === 'object' && required.length === 0)
    .map(({ $id }) => `${$id}#`),
)

/** Whether a route that has this schema of its body can be asked without one. */
export function mayBeAbsent(schema: unknown): boolean {
  return NOTHING_REQUIRED.has((schema as FormSchema | undefined)?.$ref ?? '')
}
