// Loads a table and the questionnaire it prices, ready to be given to a thread.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { FaultCode } from '../../contract/faults.ts'
import { Refusal } from '../../contract/refusal.ts'
import { standing, termFor } from '../../domain/table/in-force.ts'
import { tableFaults } from '../../domain/table/table-faults.ts'
import type { Transaction } from '../../store/database.ts'
import { findPublished, findVersion } from '../../store/documents.ts'
import { listTerms } from '../../store/terms.ts'
import { contentOf } from '../document/version-view.ts'
import type { TableInput } from './table-prices.ts'

/** Any version, draft or published; null where there is none. Refuses a draft that cannot be used yet. */
export async function loadTable(trx: Transaction, ref: VersionRef): Promise<TableInput | null> {
  const found = await findVersion(trx, 'calibration-table', ref)
  if (found === null) return null
  const content = contentOf<CalibrationTable>(found.document)
  const questionnaire = await findPublished(trx, 'questionnaire', content.questionnaire)
  const context = {
    questionnaire: questionnaire === null ? null : contentOf<Questionnaire>(questionnaire.document),
    today: content.effectiveFrom,
  }
  const faults = tableFaults(content, context).filter(({ code }) => !OF_WORDS.includes(code))
  if (context.questionnaire === null || faults.length > 0)
    throw new Refusal(
      'not-publishable',
      'The draft cannot be used yet. Fix everything in errors[], then resend.',
      { faults },
    )
  return { ref, content, questionnaire: context.questionnaire }
}

/** The table in force for a questionnaire version. Refuses `no-table-in-force`, `questionnaire-not-priced`. */
export async function loadTableInForce(
  trx: Transaction,
  questionnaire: VersionRef,
  on: string,
): Promise<TableInput> {
  const term = termFor(standing(await listTerms(trx, questionnaire.key)), questionnaire, on)
  const found = await loadTable(trx, term.table)
  if (found === null) throw new Error('a term names a table that is there')
  return found
}

// What only publication asks for, and no sum depends on.
const OF_WORDS: readonly FaultCode[] = [
  'group-curve-without-reason',
  'age-defined-group-without-reason',
  'effective-period-empty',
  'backdating-without-reason',
  'release-not-stated',
  'evidence-duplicate',
  'consultation-unclear',
]
