// What publication asks of each kind of document, with what it must look up for that.

import type { Questionnaire, VersionRef } from '../../domain/questionnaire/questionnaire.ts'
import { questionnaireFaults } from '../../domain/questionnaire/questionnaire-faults.ts'
import { ageDefinedGroupsApart, type CalibrationTable } from '../../domain/table/calibration-table.ts'
import { tableFaults } from '../../domain/table/table-faults.ts'
import type { Transaction } from '../../store/database.ts'
import { findPublished, insertTerm, listTerms } from '../../store/documents.ts'
import type { DocumentRules } from './lifecycle.ts'

export const questionnaireRules: DocumentRules<Questionnaire> = {
  kind: 'questionnaire',
  faults: async (_trx, questionnaire) => questionnaireFaults(questionnaire),
  flags: async () => [],
  published: async () => {},
}

export const calibrationTableRules: DocumentRules<CalibrationTable> = {
  kind: 'calibration-table',

  async faults(trx, table, today) {
    const terms = await listTerms(trx, table.questionnaire.key)
    const lastEffectiveFrom = terms.at(-1)?.effectiveFrom ?? null
    return tableFaults(table, { questionnaire: await questionnaireOf(trx, table), lastEffectiveFrom, today })
  },

  async flags(trx, table) {
    const questionnaire = await questionnaireOf(trx, table)
    const apart = questionnaire === null ? [] : ageDefinedGroupsApart(table, questionnaire)
    const note = table.provenance?.syntheticNote
    return [
      ...apart.map(
        (group) =>
          `The user group "${group}" is defined by age and has a curve of its own. Its ageReason says why.`,
      ),
      ...(note === undefined ? [] : [`It was calibrated on rows that are about no real person: ${note}`]),
    ]
  },

  async published(
    trx,
    authorityId,
    ref: VersionRef,
    { questionnaire, effectiveFrom, effectiveBefore = null },
  ) {
    const term = { table: ref, questionnaire, effectiveFrom, effectiveBefore }
    await insertTerm(trx, authorityId, term, await listTerms(trx, questionnaire.key))
  },
}

async function questionnaireOf(trx: Transaction, table: CalibrationTable): Promise<Questionnaire | null> {
  const found = await findPublished(trx, 'questionnaire', table.questionnaire)
  return found === null ? null : (JSON.parse(found.document) as Questionnaire)
}
