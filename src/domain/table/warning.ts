// One warning of a table, by its place, its code, and what was found and clears it.
import type { Warning } from '../../contract/documents/warning.ts'
import type { WarningCode } from '../../contract/faults.ts'

export function warning(
  pointer: string,
  code: WarningCode,
  detail: string,
  figures?: Warning['figures'],
): Warning {
  return { pointer, code, detail, ...(figures === undefined ? {} : { figures }) }
}
