// The schemas with a name: each appears once in the OpenAPI document, and validators know them by that name.

import { Me } from '../../../contract/me.ts'
import {
  Allocation,
  AllocationPage,
  AllocationSearch,
  AllocationSummary,
  Explanation,
  Flag,
  RecordedAssessment,
  WorkingLine,
} from '../../allocations/schema.ts'
import { Assessment, AssessmentIntake } from '../../assessments/schema.ts'
import { CohortTotals, FitOfPoints, ItemAnalysis } from '../../calibration-runs/cohort-figures-schema.ts'
import { FigureText } from '../../calibration-runs/figures-schema.ts'
import { EstimateAgreement, Impact, Reasonableness, Scenario } from '../../calibration-runs/impact-schema.ts'
import {
  CalibrationRunRequest,
  CompleteMethod,
  CompleteRunRequest,
  ComputedRunRequest,
} from '../../calibration-runs/request-schema.ts'
import {
  CalibrationRun,
  CalibrationRunEntry,
  CalibrationRunPage,
  CalibrationRunResults,
  CancellationBody,
  RunImpact,
  RunScenarios,
} from '../../calibration-runs/schema.ts'
import {
  ApplicationRequest,
  DraftTableRequest,
  RunComparison,
  TableApplication,
} from '../../calibration-runs/table-schema.ts'
import { CombinedTrust, Trust } from '../../calibration-runs/trust-schema.ts'
import { CalibrationTableDraft, CalibrationTableVersion } from '../../calibration-tables/schema.ts'
import {
  Cohort,
  CohortEntry,
  CohortPage,
  CohortPartUpload,
  CohortRejectionPage,
  CohortSummary,
  CohortUpload,
  SealBody,
} from '../../cohorts/schema.ts'
import { PublicationBody, VersionPage, VersionSummary } from '../../documents/schema.ts'
import { Estimate, EstimateIntake } from '../../estimates/schema.ts'
import { FeedItem, FeedPage } from '../../feed/schema.ts'
import { PublicCalibrationTable, PublicQuestionnaire } from '../../public/schema.ts'
import { QuestionnaireDraft, QuestionnaireVersion } from '../../questionnaires/schema.ts'
import { ProblemSchema } from './responses.ts'

export const sharedSchemas: readonly object[] = [
  ProblemSchema,
  Me,
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
  CohortTotals,
  FitOfPoints,
  ItemAnalysis,
  Impact,
  Scenario,
  Reasonableness,
  EstimateAgreement,
  Trust,
  CombinedTrust,
  CalibrationRunRequest,
  CompleteRunRequest,
  ComputedRunRequest,
  CompleteMethod,
  FigureText,
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
