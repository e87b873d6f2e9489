// What publication asks of each kind of document and what it writes, with what it must look up for that.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { Fault } from '../../contract/refusal.ts'
import { questionnaireFaults } from '../../domain/questionnaire/questionnaire-faults.ts'
import { ageDefinedGroupsApart } from '../../domain/table/calibration-table.ts'
import { withReviewBy } from '../../domain/table/table-as-read.ts'
import { tableFaults } from '../../domain/table/table-faults.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { type DocumentKind, findPublished, type StoredVersion } from '../../store/documents.ts'
import { insertTerm, listTerms } from '../../store/terms.ts'
import { today } from '../day-in-england.ts'
import { countAffected } from './affected.ts'
import { contentOf } from './version-view.ts'

export type DocumentRules<Content> = {
  readonly kind: DocumentKind
  /** A draft as it is stored: with what stands for what it leaves out, so that the hash covers that too. */
  completed(content: Content): Content
  /** Looks at a draft as publication on a day would. */
  review(trx: Transaction, ref: VersionRef, content: Content, today: string): Promise<Review>
}

export type Review = {
  /** All that publication would refuse. */
  readonly faults: readonly Fault[]
  /** What publication points out. */
  readonly flags: readonly string[]
  /** What publication is answered with beside the version. */
  readonly told: object
  /** What publication writes beside the version. */
  insert(trx: Transaction, authorityId: string): Promise<void>
}

/** What publication would refuse of a draft if it were asked today; none of a published version. */
export async function draftFaults<Content>(
  database: Database,
  rules: DocumentRules<Content>,
  authorityId: string,
  { key, version, state, document }: StoredVersion,
): Promise<readonly Fault[]> {
  if (state === 'published') return []
  const content = contentOf<Content>(document)
  const ref = { key, version }
  const { faults } = await database.asAuthority(authorityId, (trx) =>
    rules.review(trx, ref, content, today()),
  )
  return faults
}

export const questionnaireRules: DocumentRules<Questionnaire> = {
  kind: 'questionnaire',
  completed: (questionnaire) => questionnaire,
  review: async (_trx, _ref, questionnaire) => ({
    faults: questionnaireFaults(questionnaire),
    flags: [],
    told: {},
    insert: async () => {},
  }),
}

export const calibrationTableRules: DocumentRules<CalibrationTable> = {
  kind: 'calibration-table',
  completed: withReviewBy,
  async review(trx, ref, table, today) {
    const terms = await listTerms(trx, table.questionnaire.key)
    const found = await findPublished(trx, 'questionnaire', table.questionnaire)
    const questionnaire = found === null ? null : contentOf<Questionnaire>(found.document)
    return {
      faults: tableFaults(table, { questionnaire, today }),
      flags: flagsOf(table, questionnaire),
      told: { affected: { allocations: await countAffected(trx, ref, table, terms, today) } },
      insert(inserting, authorityId) {
        const { questionnaire, effectiveFrom, effectiveBefore = null } = table
        return insertTerm(
          inserting,
          authorityId,
          { table: ref, questionnaire, effectiveFrom, effectiveBefore },
          terms,
        )
      },
    }
  },
}

function flagsOf(table: CalibrationTable, questionnaire: Questionnaire | null): readonly string[] {
  const apart = questionnaire === null ? [] : ageDefinedGroupsApart(table, questionnaire)
  const note = table.provenance?.syntheticNote
  return [
    ...apart.map(
      (group) =>
        `The user group "${group}" is defined by age and has a curve of its own. Its ageReason says why.`,
    ),
    ...(note === undefined ? [] : [`It was calibrated on rows that are about no real person: ${note}`]),
  ]
}
