// Every single thing that errors[] may name, by what it is about, and what it means. docs/problems.md is made from this.

/** What a schema finds wrong with a request. */
const SCHEMA = {
  'field-missing': 'A required field is missing.',
  'field-unknown': 'There is a field that does not belong here.',
  'value-type': 'A value has the wrong JSON type.',
  'integer-malformed':
    'A whole number is not plain digits: it has a point, exponent, plus, space or leading 0.',
  'value-format': 'A text is not in the expected form, such as a decimal, a date, a key or a UUID.',
  'value-range': 'A number, text or list is too small or too large.',
  'value-not-allowed': 'A value is not one of those allowed.',
  'value-form': 'A value fits none of the allowed forms.',
  'ref-nhs-number':
    'A reference has an NHS number in it, which identifies the person everywhere. If it only looks like one, put a 0 before it.',
} as const

/** What is wrong with the bytes or the JSON of a body. */
const BODY = {
  'body-empty': 'The body is empty.',
  'body-not-utf8': 'The bytes are not UTF-8.',
  'body-not-json': 'The text is not one JSON value.',
  'body-too-deep': 'Arrays and objects are nested more than 32 deep.',
  'body-too-many-tokens': 'The body has more than 20,000 names and values.',
  'body-duplicate-key': 'An object has the same key twice.',
  'body-nul-character': 'A text contains the NUL character.',
  'body-lone-surrogate': 'A text contains half of a surrogate pair.',
  'body-forbidden-key': 'A key has a reserved name.',
  'body-number-out-of-range': 'A number is too large to read.',
} as const

const ANSWERS = {
  'answer-missing': 'A question has no answer.',
  'answer-not-asked': 'There is an answer to a question that the questionnaire does not ask.',
  'option-unknown': 'An answer is not one of the options of its question.',
  'user-group-unknown': 'The questionnaire has no such user group.',
  'carer-missing': 'The questionnaire asks about a carer, and there is no answer.',
  'carer-not-asked': 'There is an answer about a carer, and the questionnaire does not ask.',
  'carer-support-missing': 'A carer is willing and able, and the support that they give is missing.',
  'carer-support-scope':
    'Unpaid support is given for each domain but asked once overall, or the other way round.',
} as const

const ELIGIBILITY = {
  'outcome-not-of-population':
    'An outcome is one of regulation 3 for an adult with needs, or of regulation 2 for a carer.',
} as const

const QUESTIONNAIRES = {
  'key-duplicate': 'A key is used twice.',
  'scale-exceeded': 'The highest options add up to more than the scale maximum.',
  'weighting-group-unknown': 'A weighting has no domains, or a domain has no weighting.',
  'carer-support-undefined': 'Something depends on carer support, which the questionnaire does not define.',
  'factor-out-of-range': 'A factor or fraction is out of range.',
  'referral-rule-unknown-question': 'A referral rule names a question that does not exist.',
  'referral-rule-unknown-option': 'A referral rule names an option that its question does not have.',
  'referral-rule-contradicts-itself': 'A referral rule requires two answers to one question.',
  'refer-above-missing':
    'The questionnaire does not say above which share of unpaid support a person works out the cost.',
  'refer-above-out-of-range': 'The share of unpaid support is 0 or less, or 1 or more.',
} as const

const TABLES = {
  'questionnaire-version-unknown': 'The table names a questionnaire version that is not published.',
  'user-group-not-covered': 'No curve covers a user group, and outside does not name it.',
  'user-group-covered-twice': 'A user group is covered by two curves, or by a curve and outside.',
  'group-curve-without-reason': 'A curve for some groups only gives no reason for the difference.',
  'age-defined-group-without-reason': 'A group defined by age has its own curve, with no reason beyond age.',
  'knots-not-increasing': 'The knots of a curve do not rise in points.',
  'curve-not-monotone': 'More points would give less money.',
  'knot-above-scale': 'A knot is above the questionnaire’s scale.',
  'amount-out-of-range': 'The adjustments together raise an amount beyond twelve digits of pounds.',
  'contingency-out-of-range': 'The contingency is below 0, or 1 or more.',
  'release-not-stated': 'Money is held ready, and the table does not say how to ask for it.',
  'rounding-impossible': 'The rounding unit is not a multiple of a penny.',
  'weeks-per-year-out-of-range': 'The weeks per year are below 52 or above 53.',
  'effective-period-empty': 'The table would end before it begins.',
  'backdating-without-reason':
    'The table would begin on or before the day of publication, and no reason is given.',
  'evidence-run-unknown':
    'The evidence names no finished run of this questionnaire key with that result hash.',
  'evidence-duplicate': 'The table names one kind of evidence twice.',
  'consultation-unclear':
    'A consultation has neither its dates and address nor a reason for none, or it ends before it begins.',
} as const

/** What a publisher of a table must acknowledge. */
export const WARNINGS = {
  'efficiency-lowers': 'An adjustment takes money off every amount.',
  'no-impact-report': 'The evidence names no calibration run, or this revision has no reports.',
  'no-equality-analysis': 'The evidence names no equality analysis, or this revision has no reports.',
  'no-consultation': 'The evidence names no consultation with its dates.',
  'age-defined-curve': 'A group defined by age has a curve of its own.',
  'discloses-single-costs': 'The curve follows what single people cost, so it may publish that.',
  'no-cap': 'The table has no cap, so no amount is referred for being high.',
  'synthetic-cohort': 'The table was made from rows about no real person.',
  'sample-too-small': 'The table was made from fewer people than a margin of 9% at 95% confidence needs.',
  'people-outside': 'The table is not for some user groups.',
  backdated: 'The table begins on or before the day of its publication.',
  'past-its-year-at-birth': 'The day on which the table was to be reviewed is past.',
  'fits-badly': 'Under half of unseen people had costs within 25% of the table, or nobody has tested it.',
  cliff: 'A little more need brings much more money.',
} as const

const NAMED = {
  'cohort-unknown': 'The authority has no such cohort.',
  'setting-unknown':
    'A setting is not own-home, supported-living, extra-care, shared-lives, residential or nursing.',
} as const

const CALIBRATION = {
  'cohort-empty': 'No case is left to calibrate on.',
  'cohort-too-small': 'There are too few cases.',
  'points-all-zero': 'No case has any points.',
  'points-all-equal': 'All cases have the same points.',
  'slope-not-positive': 'Cost does not rise with points in this cohort.',
  'curve-not-rising': 'The method would give less money for more points.',
  'budget-not-positive': 'The budget is zero or less.',
  'budget-unreachable': 'No table between the floor and the cap adds up to the budget.',
  'bounds-crossed': 'A floor is above its cap.',
  'parameter-out-of-range': 'A parameter is out of range.',
} as const

/** Why one row of a cohort cannot be used; a row scored from answers may also have their faults. */
const COHORT_ROWS = {
  'row-shape': 'A row has more or fewer cells than the header.',
  'ref-missing': 'A row has no reference.',
  'ref-malformed': 'A reference is not 1 to 100 visible ASCII characters without spaces.',
  'ref-duplicate': 'A reference occurs earlier in the same cohort.',
  'points-missing': 'A row has neither points nor answers.',
  'points-unreadable': 'Points are not a plain decimal with at most two places.',
  'points-off-scale': 'Points are below 0 or above the questionnaire’s scale.',
  'points-and-answers': 'A row has both points and answers.',
  'cost-missing': 'A row has no current cost.',
  'cost-unreadable': 'A cost is not a plain decimal such as 1234.50. Leave out commas and the pound sign.',
  'cost-negative': 'A cost is below £0.',
  'cost-out-of-range': 'A cost is above £1,000,000,000 a year.',
  'cost-stated-twice': 'A row has both an annual cost and an amount with a frequency.',
  'frequency-missing': 'An amount has no frequency.',
  'frequency-unknown': 'A frequency is not weekly, fortnightly, 4-weekly, monthly, quarterly or annual.',
  'weight-unreadable': 'A weight is not a plain decimal with at most four places.',
  'weight-out-of-range': 'A weight is 0 or less, or above 1,000,000.',
  'estimate-unreadable': 'An estimate is not a plain decimal.',
  'estimate-out-of-range': 'An estimate is below £0 or above £1,000,000,000 a year.',
  'age-band-malformed': 'An age band is not written like 75-84 or 85+.',
  'team-malformed': 'A team is not a short code of letters, digits and - _ . /',
  'characteristic-malformed':
    'A characteristic or its value is not a key of lower-case letters, digits, hyphens and underscores.',
  'characteristic-not-declared':
    'The cohort does not declare a characteristic or its value, or a column has more than 30 values.',
  'carer-unreadable': 'Whether a carer is willing and able is neither true nor false.',
} as const

/** The faults under what they are about, in the order in which a request meets them. */
export const FAULTS_BY_SUBJECT = {
  'The form of a request': SCHEMA,
  'The bytes of a body': BODY,
  Answers: ANSWERS,
  Eligibility: ELIGIBILITY,
  Questionnaires: QUESTIONNAIRES,
  'Calibration tables': TABLES,
  'Warnings of calibration tables': WARNINGS,
  'What a request names': NAMED,
  Calibration: CALIBRATION,
  'Rows of a cohort': COHORT_ROWS,
} as const

/** What each code in errors[] means. */
export const FAULTS = {
  ...SCHEMA,
  ...BODY,
  ...ANSWERS,
  ...ELIGIBILITY,
  ...QUESTIONNAIRES,
  ...TABLES,
  ...WARNINGS,
  ...NAMED,
  ...CALIBRATION,
  ...COHORT_ROWS,
} as const

export type SchemaFaultCode = keyof typeof SCHEMA
export type BodyFaultCode = keyof typeof BODY
export type AnswerFaultCode = keyof typeof ANSWERS
export type QuestionnaireFaultCode = keyof typeof QUESTIONNAIRES
export type WarningCode = keyof typeof WARNINGS
export type TableFaultCode =
  | keyof typeof TABLES
  | 'user-group-unknown'
  | 'factor-out-of-range'
  | 'setting-unknown'
export type CalibrationFaultCode = keyof typeof CALIBRATION
export type CohortRowFaultCode =
  | AnswerFaultCode
  | keyof typeof COHORT_ROWS
  | 'ref-nhs-number'
  | 'setting-unknown'

/** The code of a single thing wrong inside a request, beside the pointer to where it stands. */
export type FaultCode = keyof typeof FAULTS
