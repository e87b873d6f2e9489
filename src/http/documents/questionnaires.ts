// Questionnaires: their life is the one they share with calibration tables.
import {
  type Questionnaire,
  QuestionnaireDraft,
  QuestionnaireVersion,
} from '../../contract/documents/questionnaire.ts'
import { Publication } from '../../contract/documents/version.ts'
import { questionnaireRules } from '../../operations/document/document-rules.ts'
import type { DocumentResource } from './routes.ts'

export const questionnaires: DocumentResource<Questionnaire> = {
  rules: questionnaireRules,
  noun: 'questionnaire',
  name: 'Questionnaire',
  draft: QuestionnaireDraft,
  version: QuestionnaireVersion,
  publication: { body: Publication, answer: QuestionnaireVersion },
  seenIn: () => null,
  refuses: [],
}
