// What an assessment and its allocation are stored as, read back as long as it is still there.
import type { IntakeRecord } from '../../contract/allocation/allocation.ts'
import { notFound, Refusal } from '../../contract/refusal.ts'

export function decodeIntake(text: string): IntakeRecord {
  return JSON.parse(text) as IntakeRecord
}

export type Readable<Found> = Found & { readonly body: string }

/** Refuses `not-found`, and `erased-under-policy` where the content was erased. */
export function readable<Found extends { readonly body: string | null }>(
  what: 'assessment' | 'allocation',
  found: Found | null,
): Readable<Found> {
  if (found === null) throw notFound()
  const { body } = found
  if (body !== null) return { ...found, body }
  const detail = `The content of this ${what} was erased under the retention policy.`
  throw new Refusal('erased-under-policy', detail)
}
