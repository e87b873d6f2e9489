// The schemas with a name: each appears once in the OpenAPI document, and validators know them by that name.
import {
  Allocation,
  AllocationPage,
  AllocationSearch,
  AllocationSummary,
  Explanation,
  Flag,
  RecordedAssessment,
  WorkingLine,
} from './allocations/schema.ts'
import { Assessment, AssessmentIntake } from './assessments/schema.ts'
import { CalibrationRunRequest } from './calibration-runs/request-schema.ts'
import {
  ApplicationRequest,
  CalibrationRun,
  CalibrationRunEntry,
  CalibrationRunPage,
  CalibrationRunResults,
  CancellationBody,
  DraftTableRequest,
  RunComparison,
  RunImpact,
  RunScenarios,
  TableApplication,
} from './calibration-runs/schema.ts'
import { CalibrationTableDraft, CalibrationTableVersion } from './calibration-tables/schema.ts'
import {
  Cohort,
  CohortEntry,
  CohortPage,
  CohortPartUpload,
  CohortRejectionPage,
  CohortSummary,
  CohortUpload,
  SealBody,
} from './cohorts/schema.ts'
import { PublicationBody, VersionPage, VersionSummary } from './documents/schema.ts'
import { Estimate, EstimateIntake } from './estimates/schema.ts'
import { FeedItem, FeedPage } from './feed/schema.ts'
import { PublicCalibrationTable, PublicQuestionnaire } from './public/schema.ts'
import { QuestionnaireDraft, QuestionnaireVersion } from './questionnaires/schema.ts'
import { ProblemSchema } from './responses.ts'

export const sharedSchemas: readonly object[] = [
  ProblemSchema,
  Flag,
  WorkingLine,
  Allocation,
  AllocationSummary,
  AllocationPage,
  AllocationSearch,
  Explanation,
  Assessment,
  AssessmentIntake,
  RecordedAssessment,
  Estimate,
  EstimateIntake,
  QuestionnaireDraft,
  QuestionnaireVersion,
  CalibrationTableDraft,
  CalibrationTableVersion,
  PublicationBody,
  VersionSummary,
  VersionPage,
  Cohort,
  CohortEntry,
  CohortPage,
  CohortUpload,
  CohortPartUpload,
  CohortRejectionPage,
  SealBody,
  CalibrationRunRequest,
  CalibrationRunResults,
  CalibrationRun,
  CalibrationRunEntry,
  CalibrationRunPage,
  CancellationBody,
  RunImpact,
  RunScenarios,
  DraftTableRequest,
  RunComparison,
  ApplicationRequest,
  TableApplication,
  CohortSummary,
  PublicQuestionnaire,
  PublicCalibrationTable,
  FeedItem,
  FeedPage,
]
