// The two kinds of document: their life is one, so what it promises is tested of both.
import { smallQuestionnaire, smallTable } from '../driver.ts'

export const KINDS = [
  { kind: 'questionnaire', path: 'questionnaires', document: smallQuestionnaire },
  { kind: 'calibration-table', path: 'calibration-tables', document: smallTable },
] as const
