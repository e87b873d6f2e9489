// A frozen report, as the bytes that its hash is of: of a draft the last revision's, of a published version those that
// its publisher had read.
import type { VersionRef } from '../../contract/documents/version.ts'
import type { Transaction } from '../../store/database.ts'
import { findVersion } from '../../store/documents.ts'
import { findReports, readReports } from '../../store/table-reports.ts'
import type { ReportTexts } from './reports-computation.ts'

export type FrozenReport = { readonly sha256: string; readonly text: string }

/** Null where there is none: an edit of a draft makes its reports stale. `audience`: the public reads of what is published. */
export async function readReport(
  trx: Transaction,
  ref: VersionRef,
  name: 'impact' | 'equality',
  audience: 'council' | 'public',
): Promise<FrozenReport | null> {
  const stored = await findVersion(trx, 'calibration-table', ref)
  if (stored === null || (stored.state === 'draft' && audience === 'public')) return null
  if (stored.state === 'published' && (stored.publication?.reports ?? null) === null) return null
  // A publication is the revision after the draft that it published.
  const revision = stored.state === 'draft' ? stored.revision : stored.revision - 1
  const made = await findReports(trx, ref, revision)
  const sha256 = made?.hashes[name] ?? null
  if (made === null || sha256 === null) return null
  const body = await readReports(trx, made.eventId)
  const text = body === null ? null : (JSON.parse(body) as ReportTexts)[name]
  return text === null ? null : { sha256, text }
}
