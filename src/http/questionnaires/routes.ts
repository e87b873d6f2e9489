// Questionnaires: their life is the one they share with calibration tables.
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts'
import type { DocumentResource } from '../documents/routes.ts'
import { questionnaireRules } from '../documents/rules.ts'
import { QuestionnaireDraft, QuestionnaireVersion } from './schema.ts'

export const questionnaires: DocumentResource<Questionnaire> = {
  rules: questionnaireRules,
  path: 'questionnaires',
  tag: 'questionnaires',
  noun: 'questionnaire',
  name: 'Questionnaire',
  draft: QuestionnaireDraft,
  version: QuestionnaireVersion,
}
