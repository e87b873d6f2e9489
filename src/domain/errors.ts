// The names of everything the rules refuse. A refusal has one code for the whole request and a fault for each
// thing found wrong, so that a caller mends them all at once. The codes are public API: docs/problems.md lists each.

/** Codes of a whole refusal, decided by a rule. */
export type RefusalCode =
  | 'assessment-invalid'
  | 'assessed-in-the-future'
  | 'decided-in-the-future'
  | 'no-table-in-force'
  | 'questionnaire-not-priced'
  | 'questionnaire-not-found'
  | 'points-above-table'
  | 'not-publishable'
  | 'calibration-impossible'
  | 'cohort-sealed'
  | 'cohort-not-sealed'
  | 'cohort-full'
  | 'calibration-run-not-done'
  | 'calibration-run-ended'

/** Codes of a single thing wrong inside a body, each with the pointer to where it stands. */
export type FaultCode =
  | AnswerFaultCode
  | QuestionnaireFaultCode
  | TableFaultCode
  | CalibrationFaultCode
  | CohortRowFaultCode

export type AnswerFaultCode =
  | 'answer-missing'
  | 'answer-not-asked'
  | 'option-unknown'
  | 'user-group-unknown'
  | 'carer-missing'
  | 'carer-not-asked'
  | 'carer-support-missing'
  | 'carer-support-scope'

export type QuestionnaireFaultCode =
  | 'key-duplicate'
  | 'scale-exceeded'
  | 'weighting-group-unknown'
  | 'carer-support-undefined'
  | 'factor-out-of-range'
  | 'referral-rule-unknown-question'
  | 'referral-rule-unknown-option'
  | 'referral-rule-contradicts-itself'

export type TableFaultCode =
  | 'questionnaire-version-unknown'
  | 'user-group-not-covered'
  | 'user-group-covered-twice'
  | 'user-group-unknown'
  | 'group-curve-without-reason'
  | 'age-defined-group-without-reason'
  | 'knots-not-increasing'
  | 'curve-not-monotone'
  | 'knot-above-scale'
  | 'factor-out-of-range'
  | 'amount-out-of-range'
  | 'contingency-out-of-range'
  | 'rounding-impossible'
  | 'weeks-per-year-out-of-range'
  | 'effective-from-not-after-last'
  | 'effective-period-empty'
  | 'backdating-without-reason'

export type CalibrationFaultCode =
  | 'cohort-empty'
  | 'cohort-too-small'
  | 'points-all-zero'
  | 'points-all-equal'
  | 'slope-not-positive'
  | 'curve-not-rising'
  | 'budget-not-positive'
  | 'budget-unreachable'
  | 'bounds-crossed'
  | 'parameter-out-of-range'

/** Why one row of a cohort cannot be used; a row scored from answers may also have their faults. */
export type CohortRowFaultCode =
  | AnswerFaultCode
  | 'row-shape'
  | 'ref-missing'
  | 'ref-malformed'
  | 'ref-nhs-number'
  | 'ref-duplicate'
  | 'points-missing'
  | 'points-unreadable'
  | 'points-off-scale'
  | 'points-and-answers'
  | 'cost-missing'
  | 'cost-unreadable'
  | 'cost-negative'
  | 'cost-out-of-range'
  | 'cost-stated-twice'
  | 'frequency-missing'
  | 'frequency-unknown'
  | 'weight-unreadable'
  | 'weight-out-of-range'
  | 'estimate-unreadable'
  | 'estimate-out-of-range'
  | 'age-band-malformed'
  | 'setting-malformed'
  | 'team-malformed'
  | 'carer-unreadable'

/** One thing found wrong: where (RFC 6901 pointer into the body), its name, and what to do about it. */
export type Fault = { readonly pointer: string; readonly code: FaultCode; readonly detail: string }

/** A rule refuses the request. Never thrown for a fault of the program: that is an assertion. */
export class DomainError extends Error {
  readonly code: RefusalCode
  readonly faults: readonly Fault[]

  constructor(code: RefusalCode, detail: string, faults: readonly Fault[] = []) {
    super(detail)
    this.name = 'DomainError'
    this.code = code
    this.faults = faults
  }
}

/** A value that an earlier check has made sure of. Its absence is a mistake of the program, never of the caller. */
export function checked<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('what a check made sure of is missing')
  return value
}

/** One segment of an RFC 6901 pointer. */
export function pointerSegment(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
