// The two kinds of document: their life is one, so what it promises is tested of both.
import { WARNINGS } from '../../../src/contract/faults.ts'
import { smallQuestionnaire, smallTable } from '../driver.ts'

// A publisher who has seen whatever there may be to see.
const SEEN = { acknowledges: Object.keys(WARNINGS) }

export const KINDS = [
  { kind: 'questionnaire', path: 'questionnaires', document: smallQuestionnaire, publication: {} },
  { kind: 'calibration-table', path: 'calibration-tables', document: smallTable, publication: SEEN },
] as const
