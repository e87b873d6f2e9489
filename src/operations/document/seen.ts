// What a publisher must have seen: the reports of this revision, by their hashes, and each warning, by its code.
import type { ReportHashes, Seen } from '../../contract/documents/publication.ts'
import type { Warning } from '../../contract/documents/warning.ts'
import { faultsIn, Refusal } from '../../contract/refusal.ts'

/** Refuses `report-changed`: both persons must have read the same. */
export function refuseOtherReports(made: ReportHashes | null, seen: Seen | null): void {
  const reports = seen?.reports ?? null
  if (made?.impact === reports?.impact && (made?.equality ?? null) === (reports?.equality ?? null)) return
  const detail =
    made === null
      ? 'This revision of the draft has no reports. Make them, read them, and send their hashes.'
      : 'The hashes in reports are not those of this revision. Fetch its reports, read them, and send their hashes.'
  throw new Refusal('report-changed', detail)
}

/** Refuses `warning-not-acknowledged`, with each code that is missing; codes that are not raised are ignored. */
export function refuseUnacknowledged(warnings: readonly Warning[], seen: Seen | null): void {
  const acknowledges = seen?.acknowledges ?? []
  const missing = warnings.filter(
    ({ code }, i) => !acknowledges.includes(code) && warnings.findIndex((one) => one.code === code) === i,
  )
  if (missing.length === 0) return
  const faults = missing.map(({ code, detail }) => ({ pointer: '/acknowledges', code, detail }))
  throw new Refusal('warning-not-acknowledged', faultsIn('The acknowledgement', faults), { faults })
}
