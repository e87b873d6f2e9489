// Every single thing that errors[] may name, by what it is about, and what it means. docs/problems.md is made from this.

/** What a schema finds wrong with a request. */
const SCHEMA = {
  'field-missing': 'A required field is not there.',
  'field-unknown': 'A field is there that this body does not have.',
  'value-type': 'A value has another JSON type than it must have.',
  'value-format': 'A text does not have its form: a decimal string, a date, a key, a UUID.',
  'value-range': 'A number, text or list is smaller or larger than allowed.',
  'value-not-allowed': 'A value is not among those listed.',
  'value-form': 'A value fits none of the forms it may have.',
} as const

/** What is wrong with the bytes or the JSON of a body. */
const BODY = {
  'body-empty': 'The body has no bytes.',
  'body-not-utf8': 'The bytes are not UTF-8.',
  'body-not-json': 'The text is not one JSON value.',
  'body-too-deep': 'Arrays and objects are nested more than 32 deep.',
  'body-too-many-tokens': 'The text has more than 20,000 JSON tokens.',
  'body-duplicate-key': 'An object has the same key twice.',
  'body-nul-character': 'A text contains the NUL character.',
  'body-lone-surrogate': 'A text contains half of a surrogate pair.',
  'body-forbidden-key': 'A key is one that could change how objects behave.',
  'body-number-out-of-range': 'A number is too large to be read.',
} as const

const ANSWERS = {
  'answer-missing': 'A question has no answer.',
  'answer-not-asked': 'An answer is given to a question that is not asked.',
  'option-unknown': 'An answer is not among the options of its question.',
  'user-group-unknown': 'The user group is not one of the questionnaire’s.',
  'carer-missing': 'Nothing is said about a carer, and the questionnaire asks.',
  'carer-not-asked': 'Something is said about a carer, and the questionnaire does not ask.',
  'carer-support-missing': 'A carer is willing and able, and what they do is not said.',
  'carer-support-scope':
    'Unpaid support is given per domain where it is asked overall, or the other way round.',
} as const

const QUESTIONNAIRES = {
  'key-duplicate': 'A key is used twice.',
  'scale-exceeded': 'The highest options add up to more than the scale’s maximum.',
  'weighting-group-unknown': 'A weighting and the domains it applies to do not fit together.',
  'carer-support-undefined': 'Something depends on carer support that the questionnaire does not define.',
  'factor-out-of-range': 'A factor or fraction is outside the range it may have.',
  'referral-rule-unknown-question': 'A referral rule names a question that is not there.',
  'referral-rule-unknown-option': 'A referral rule names an option that its question does not have.',
  'referral-rule-contradicts-itself': 'A referral rule asks for two answers to one question.',
} as const

const TABLES = {
  'questionnaire-version-unknown': 'The table names a questionnaire version that is not published.',
  'user-group-not-covered': 'No curve covers a user group.',
  'user-group-covered-twice': 'More than one curve covers a user group.',
  'group-curve-without-reason': 'A curve for some groups only does not say why they differ.',
  'age-defined-group-without-reason':
    'A group defined by age has its own curve without saying why age alone is not the ground.',
  'knots-not-increasing': 'The knots of a curve do not rise in points.',
  'curve-not-monotone': 'More points would mean less money.',
  'knot-above-scale': 'A knot stands above the questionnaire’s scale.',
  'amount-out-of-range': 'The adjustments together take an amount beyond twelve digits of pounds.',
  'contingency-out-of-range': 'The contingency is not from 0 to below 1.',
  'rounding-impossible': 'The unit of rounding is not a multiple of a penny.',
  'weeks-per-year-out-of-range': 'The weeks per year are not from 52 to 53.',
  'effective-from-not-after-last': 'The table would begin on or before one already published.',
  'effective-period-empty': 'The table would end before it begins.',
  'backdating-without-reason': 'The table would begin in the past without saying why.',
} as const

const CALIBRATION = {
  'cohort-empty': 'No case is left to calibrate on.',
  'cohort-too-small': 'There are too few cases for what is asked.',
  'points-all-zero': 'No case has any points.',
  'points-all-equal': 'All cases have the same points.',
  'slope-not-positive': 'More points do not go with higher cost in this cohort.',
  'curve-not-rising': 'The method would give less money for more points.',
  'budget-not-positive': 'The budget is not above nothing.',
  'budget-unreachable': 'No table within the floor and the cap comes to the budget.',
  'bounds-crossed': 'A floor lies above its cap.',
  'parameter-out-of-range': 'A parameter of a method is outside the range it may have.',
} as const

/** Why one row of a cohort cannot be used; a row scored from answers may also have their faults. */
const COHORT_ROWS = {
  'row-shape': 'A row of the file has more or fewer cells than its header.',
  'ref-missing': 'A row has no reference.',
  'ref-malformed': 'A reference is not 1 to 100 visible ASCII characters without spaces.',
  'ref-nhs-number': 'A reference is an NHS number, which names the person everywhere.',
  'ref-duplicate': 'A reference came before in the same cohort.',
  'points-missing': 'A row has neither points nor answers.',
  'points-unreadable': 'Points are not a plain decimal with at most two places.',
  'points-off-scale': 'Points are below 0 or above the questionnaire’s scale.',
  'points-and-answers': 'A row has both points and answers.',
  'cost-missing': 'A row has no current cost.',
  'cost-unreadable': 'A cost is not a plain decimal such as 1234.50: no comma and no pound sign.',
  'cost-negative': 'A cost is below £0.',
  'cost-out-of-range': 'A cost is above £1,000,000,000 a year.',
  'cost-stated-twice': 'A row has both a cost a year and an amount with a frequency.',
  'frequency-missing': 'An amount does not say how often it is paid.',
  'frequency-unknown': 'A frequency is not weekly, fortnightly, 4-weekly, monthly, quarterly or annual.',
  'weight-unreadable': 'A weight is not a plain decimal with at most four places.',
  'weight-out-of-range': 'A weight is not above 0 and at most 1,000,000.',
  'estimate-unreadable': 'An estimate is not a plain decimal.',
  'estimate-out-of-range': 'An estimate is below £0 or above £1,000,000,000 a year.',
  'age-band-malformed': 'An age band is not like 75-84 or 85+.',
  'setting-malformed': 'A setting is not a short code of letters, digits and - _ . /',
  'team-malformed': 'A team is not a short code of letters, digits and - _ . /',
  'carer-unreadable': 'Whether a carer is willing and able is neither true nor false.',
} as const

/** What each code in errors[] means. */
export const FAULTS = {
  ...SCHEMA,
  ...BODY,
  ...ANSWERS,
  ...QUESTIONNAIRES,
  ...TABLES,
  ...CALIBRATION,
  ...COHORT_ROWS,
} as const

export type SchemaFaultCode = keyof typeof SCHEMA
export type BodyFaultCode = keyof typeof BODY
export type AnswerFaultCode = keyof typeof ANSWERS
export type QuestionnaireFaultCode = keyof typeof QUESTIONNAIRES
export type TableFaultCode = keyof typeof TABLES | 'user-group-unknown' | 'factor-out-of-range'
export type CalibrationFaultCode = keyof typeof CALIBRATION
export type CohortRowFaultCode = AnswerFaultCode | keyof typeof COHORT_ROWS

/** The code of a single thing wrong inside a request, beside the pointer to where it stands. */
export type FaultCode = keyof typeof FAULTS
