// What the schema cannot say of a person's reference: it must not be an NHS number, which names the person everywhere.
import { faultsIn, Refusal } from '../../contract/refusal.ts'
import { isNhsNumber } from '../../domain/assessment/nhs-number.ts'

/** Refuses `request-invalid` for an NHS number, without repeating it. */
export function refuseNhsNumber(personRef: string): void {
  if (!isNhsNumber(personRef)) return
  const detail =
    'This is a valid NHS number. Send your own system’s reference; if it only looks like an NHS number, put a letter before it.'
  const faults = [{ pointer: '/personRef', code: 'ref-nhs-number', detail } as const]
  throw new Refusal('request-invalid', faultsIn('The body', faults), { faults })
}
