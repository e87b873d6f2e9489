// Which refusals each operation can answer with, by status: what follows from its form is read from the form, and
// what its own rules refuse is said here. A test holds every refusal given in the suite against this.
import type { OpenAPIV3_1 } from 'openapi-types'
import { PROBLEMS, type RefusalCode } from '../../../contract/problems.ts'

const PRICING: readonly RefusalCode[] = [
  'questionnaire-not-found',
  'assessment-invalid',
  'no-table-in-force',
  'questionnaire-not-priced',
  'points-above-table',
]
const RECORDING: readonly RefusalCode[] = [
  ...PRICING,
  'assessed-in-the-future',
  'decided-in-the-future',
  'assessment-already-recorded',
  'another-revision-recorded',
]
const FILE: readonly RefusalCode[] = ['questionnaire-not-found', 'cohort-file-malformed']
const PUBLICATION: readonly RefusalCode[] = ['publisher-is-drafter', 'not-publishable']
const RESULTS: readonly RefusalCode[] = ['calibration-run-not-done', 'erased-under-policy']
const DRAWN: readonly RefusalCode[] = [...RESULTS, 'not-acceptable', 'calibration-impossible']

const OWN: Readonly<Record<string, readonly RefusalCode[]>> = {
  ready: ['unavailable'],
  explainProblem: ['not-acceptable'],
  publishQuestionnaire: PUBLICATION,
  publishCalibrationTable: PUBLICATION,
  getCalibrationTableInForce: ['no-table-in-force', 'not-found'],
  getPublicCalibrationTableInForce: ['no-table-in-force'],
  applyCalibrationTable: ['not-publishable', 'calibration-impossible', 'erased-under-policy'],
  recordAssessment: RECORDING,
  correctAssessment: [
    ...RECORDING,
    'already-corrected',
    'correction-person-differs',
    'correction-reference-differs',
    'correction-revision-lower',
  ],
  getAssessment: ['erased-under-policy'],
  estimate: PRICING,
  estimatePublicly: [...PRICING, 'rate-limited'],
  getAllocation: ['erased-under-policy'],
  explainAllocation: ['erased-under-policy', 'not-acceptable'],
  readFeed: ['feed-cursor-ahead'],
  uploadCohort: FILE,
  addCohortPart: [...FILE, 'cohort-sealed', 'cohort-full'],
  sealCohort: ['cohort-sealed'],
  getCohortSummary: ['erased-under-policy'],
  listCohortRejections: ['erased-under-policy'],
  requestCalibrationRun: [
    'cohort-not-sealed',
    'questionnaire-not-found',
    'calibration-impossible',
    'not-found',
  ],
  cancelCalibrationRun: ['calibration-run-ended'],
  getCalibrationRun: ['erased-under-policy'],
  getCalibrationRunImpact: RESULTS,
  getCalibrationRunScenarios: RESULTS,
  exportCalibrationRun: RESULTS,
  compareCalibrationRun: [
    ...RESULTS,
    'no-table-in-force',
    'questionnaire-not-priced',
    'calibration-impossible',
    'not-publishable',
  ],
  getCalibrationRunReport: DRAWN,
  getCalibrationRunChart: DRAWN,
  exportCalibrationRunWorkbook: DRAWN,
  draftTableFromRun: [...RESULTS, 'calibration-impossible'],
}

/** The codes of an operation, by status. `needsCredential`: it is under /v1. */
export function problemsOf(
  operation: OpenAPIV3_1.OperationObject,
  needsCredential: boolean,
): ReadonlyMap<number, readonly RefusalCode[]> {
  const codes = new Set<RefusalCode>([
    ...byForm(operation, needsCredential),
    ...(OWN[operation.operationId ?? ''] ?? []),
  ])
  return Map.groupBy(
    [...codes].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status),
    (code) => PROBLEMS[code].status,
  )
}

function byForm(operation: OpenAPIV3_1.OperationObject, needsCredential: boolean): RefusalCode[] {
  const { parameters = [], requestBody } = operation
  const has = (place: string, name?: string) =>
    parameters.some((one) => 'in' in one && one.in === place && (name === undefined || one.name === name))
  const changes = has('header', 'if-match')
  return [
    'request-invalid',
    'request-timeout',
    'internal-error',
    'busy',
    ...when(needsCredential, 'credential-missing', 'credential-refused', 'scope-missing', 'unavailable'),
    ...when(has('path'), 'not-found'),
    ...when(has('query', 'cursor') || operation.operationId === 'searchAllocations', 'cursor-invalid'),
    ...when(requestBody !== undefined, 'body-malformed', 'body-too-large'),
    ...when(requestBody !== undefined, 'content-type-unsupported', 'content-encoding-unsupported'),
    ...when(has('header', 'idempotency-key'), 'idempotency-key-missing', 'idempotency-key-reused'),
    ...when(has('header', 'idempotency-key'), 'idempotency-key-in-use', 'erased-under-policy'),
    ...when(changes, 'if-match-missing', 'revision-changed', 'already-published'),
  ]
}

function when(applies: boolean, ...codes: readonly RefusalCode[]): readonly RefusalCode[] {
  return applies ? codes : []
}
