// What publication asks of each kind of document and what it writes, with what it must look up for that.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { ReportHashes } from '../../contract/documents/publication.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import { questionnaireFaults } from '../../domain/questionnaire/questionnaire-faults.ts'
import { unknownRunFaults } from '../../domain/table/evidence-faults.ts'
import { withReviewBy } from '../../domain/table/table-as-read.ts'
import { tableFaults } from '../../domain/table/table-faults.ts'
import { tableWarnings } from '../../domain/table/warnings.ts'
import { findFinishedRuns } from '../../store/calibration-runs.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { type DocumentKind, findPublished, type StoredVersion } from '../../store/documents.ts'
import { findReports } from '../../store/table-reports.ts'
import { listTerms } from '../../store/terms.ts'
import { today } from '../day-in-england.ts'
import { countAffected } from './affected.ts'
import { contentOf, type Findings, NO_FINDINGS } from './version-view.ts'

export type DocumentRules<Content> = {
  readonly kind: DocumentKind
  /** A draft as it is stored: with what stands for what it leaves out, so that the hash covers that too. */
  completed(content: Content): Content
  /** Looks at a revision of a draft as publication on a day would. */
  review(trx: Transaction, draft: Reviewed<Content>, today: string): Promise<Review>
}

export type Reviewed<Content> = {
  readonly ref: VersionRef
  readonly revision: number
  readonly content: Content
}

/** All that publication would refuse, and what its publisher must acknowledge. */
export type Review = Findings & {
  /** The reports of this revision, which its publisher must have read; null where none are made. */
  readonly reports: ReportHashes | null
  /** Of a table: how many current allocations another priced for a date that this one covers. */
  readonly affected?: { readonly allocations: number }
}

/** What publication would find in a draft if it were asked today; nothing in a published version. */
export async function draftFindings<Content>(
  database: Database,
  rules: DocumentRules<Content>,
  authorityId: string,
  { key, version, revision, state, document }: StoredVersion,
): Promise<Findings> {
  if (state === 'published') return NO_FINDINGS
  const draft = { ref: { key, version }, revision, content: contentOf<Content>(document) }
  return database.asAuthority(authorityId, (trx) => rules.review(trx, draft, today()))
}

export const questionnaireRules: DocumentRules<Questionnaire> = {
  kind: 'questionnaire',
  completed: (questionnaire) => questionnaire,
  review: async (_trx, { content }) => ({
    faults: questionnaireFaults(content),
    warnings: [],
    reports: null,
  }),
}

export const calibrationTableRules: DocumentRules<CalibrationTable> = {
  kind: 'calibration-table',
  completed: withReviewBy,
  async review(trx, { ref, revision, content: table }, today) {
    const terms = await listTerms(trx, table.questionnaire.key)
    const found = await findPublished(trx, 'questionnaire', table.questionnaire)
    const questionnaire = found === null ? null : contentOf<Questionnaire>(found.document)
    const finished = await findFinishedRuns(trx, evidenceRuns(table))
    const reports = (await findReports(trx, ref, revision))?.hashes ?? null
    const affected = await countAffected(trx, ref, table, terms, today)
    return {
      faults: [...tableFaults(table, { questionnaire, today }), ...unknownRunFaults(table, finished)],
      warnings: tableWarnings(table, { questionnaire, today, affected, reported: reports !== null }),
      reports,
      affected: { allocations: affected },
    }
  },
}

function evidenceRuns({ evidence = [] }: CalibrationTable): readonly string[] {
  return evidence.flatMap((one) => (one.kind === 'impact-report' ? one.run : []))
}
