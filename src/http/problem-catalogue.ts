// Every refusal by name: its status, what it means and what to do. The page /problems/{code} and docs/problems.md
// say the same; a test holds the three together.
import type { FaultCode, RefusalCode } from '../domain/errors.ts'
import type { BodyFaultCode } from './body-fault.ts'

/** Codes of a whole refusal that come from the protocol and not from a rule of the domain. */
export type ProtocolCode =
  | 'body-malformed'
  | 'request-invalid'
  | 'content-type-unsupported'
  | 'body-too-large'
  | 'credential-missing'
  | 'credential-refused'
  | 'scope-missing'
  | 'not-found'
  | 'not-acceptable'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'idempotency-key-in-use'
  | 'if-match-missing'
  | 'revision-changed'
  | 'already-published'
  | 'publisher-is-drafter'
  | 'assessment-already-recorded'
  | 'already-corrected'
  | 'correction-person-differs'
  | 'erased-under-policy'
  | 'cohort-file-malformed'
  | 'cursor-invalid'
  | 'feed-cursor-ahead'
  | 'rate-limited'
  | 'request-timeout'
  | 'busy'
  | 'unavailable'
  | 'internal-error'

/** Codes of a single thing wrong inside a request that the schema finds. */
export type SchemaFaultCode =
  | 'field-missing'
  | 'field-unknown'
  | 'value-type'
  | 'value-format'
  | 'value-range'
  | 'value-not-allowed'
  | 'value-form'

export type ProblemCode = RefusalCode | ProtocolCode
export type AnyFaultCode = FaultCode | SchemaFaultCode | BodyFaultCode

export type ProblemEntry = {
  readonly status: number
  readonly title: string
  readonly meaning: string
  readonly todo: string
}

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemEntry>> = {
  'body-malformed': {
    status: 400,
    title: 'The body is not sound JSON',
    meaning:
      'The bytes sent are not one well-formed JSON value in UTF-8, within the limits of depth and size and without repeated keys.',
    todo: 'Mend what errors[] lists; nothing was stored.',
  },
  'request-invalid': {
    status: 400,
    title: 'The request does not have the form it must have',
    meaning: 'A field, parameter or header is missing, unknown, of the wrong type or out of its range.',
    todo: 'Mend everything that errors[] lists, then send it again; nothing was stored.',
  },
  'content-type-unsupported': {
    status: 415,
    title: 'The content type is not supported',
    meaning: 'Bodies are read as application/json; the rows of a cohort may be text/csv too.',
    todo: 'Send Content-Type: application/json, or text/csv for the rows of a cohort.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body is larger than this resource reads.',
    todo: 'Send less than the limit named in detail.',
  },
  'credential-missing': {
    status: 401,
    title: 'A credential is needed',
    meaning: 'The request has no Authorization header.',
    todo: 'Send Authorization: Bearer with an API key or token, or Basic with the API key as password.',
  },
  'credential-refused': {
    status: 401,
    title: 'The credential is not accepted',
    meaning: 'The credential is unknown, wrong, expired or revoked; which of these is not said.',
    todo: 'Check the key or token, or ask the authority for a new one.',
  },
  'scope-missing': {
    status: 403,
    title: 'The credential does not allow this',
    meaning: 'The credential is good, and lacks the scope that this resource needs.',
    todo: 'Ask the authority for a credential with the scope named in detail.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    meaning:
      'The address is unknown, or no such record exists for this authority; which of these is not said.',
    todo: 'Check the address and the id.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No representation that the caller accepts',
    meaning: 'The Accept header names no type in which this resource can be given.',
    todo: 'Accept one of the types named in detail.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'An Idempotency-Key is needed',
    meaning:
      'Requests that create something carry a key of the client, so that a retry never creates it twice.',
    todo: 'Send an Idempotency-Key of 1 to 200 visible characters, new for each thing to create and the same for its retries.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    meaning: 'This client used the key before, for another method, address or body.',
    todo: 'Use a new key for a new request; repeat the first body to get the first answer.',
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this key is still under way',
    meaning: 'A copy of this request has not finished after two seconds of waiting.',
    todo: 'Send it again with the same key after the seconds in Retry-After.',
  },
  'if-match-missing': {
    status: 428,
    title: 'If-Match is needed',
    meaning: 'A draft is changed or published only by someone who says which revision they saw.',
    todo: 'Get the draft, and send its ETag as If-Match.',
  },
  'revision-changed': {
    status: 412,
    title: 'The draft has changed since',
    meaning: 'The revision in If-Match is not the latest one.',
    todo: 'Get the draft again, look at what changed, and decide anew.',
  },
  'already-published': {
    status: 409,
    title: 'The version is published',
    meaning: 'A published version can never change.',
    todo: 'Make a new version.',
  },
  'publisher-is-drafter': {
    status: 403,
    title: 'A second person must publish',
    meaning: 'The subject of the credential drafted this version, or a revision of it.',
    todo: 'Let someone publish it who drafted none of it.',
  },
  'assessment-already-recorded': {
    status: 409,
    title: 'This assessment is recorded already',
    meaning:
      'The authority has an assessment with this reference and revision, under another Idempotency-Key.',
    todo: 'Use the one recorded, at the address in Location; send a correction where it is wrong.',
  },
  'already-corrected': {
    status: 409,
    title: 'The assessment is corrected already',
    meaning: 'An assessment has one correction; a further one corrects the latest.',
    todo: 'Correct the latest assessment, at the address in Location.',
  },
  'correction-person-differs': {
    status: 422,
    title: 'The correction is about another person',
    meaning: 'A correction keeps the personRef of what it corrects.',
    todo: 'Send the same personRef; record an assessment of another person as a new assessment.',
  },
  'erased-under-policy': {
    status: 410,
    title: 'Erased under the retention policy',
    meaning:
      'The personal content of this record was erased under the authority’s published policy. The log still holds its hash.',
    todo: 'Nothing: it cannot be had again.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor is not one of ours',
    meaning: 'A cursor is used as it was given in nextCursor, with the same filters.',
    todo: 'Begin again without a cursor.',
  },
  'feed-cursor-ahead': {
    status: 409,
    title: 'The feed has not come that far',
    meaning:
      'after is beyond the newest entry: the reader’s store belongs to another log, or the service was restored from an older backup.',
    todo: 'Stop and ask the operators. Do not begin again silently.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The caller has made more requests than this resource allows in a minute.',
    todo: 'Wait for the seconds in Retry-After.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The whole request must arrive within ten seconds.',
    todo: 'Send it again, faster; large uploads in parts.',
  },
  busy: {
    status: 503,
    title: 'The service is busy',
    meaning:
      'No database connection, or no answer from it, was to be had in time. Whether a write was stored is not known.',
    todo: 'Send the same request again, with the same Idempotency-Key, after the seconds in Retry-After.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not ready',
    meaning: 'The service is stopping, or cannot reach its database or the keys of its token issuer.',
    todo: 'Send the request again after the seconds in Retry-After.',
  },
  'internal-error': {
    status: 500,
    title: 'The service made a mistake',
    meaning: 'Something happened that must not happen. It is logged under the correlation id.',
    todo: 'Tell the operators the X-Correlation-ID of the answer.',
  },
  'assessment-invalid': {
    status: 422,
    title: 'The assessment does not answer its questionnaire',
    meaning: 'Answers are missing, not asked, or not among the options of the questionnaire version named.',
    todo: 'Mend everything that errors[] lists; nothing was stored.',
  },
  'assessed-in-the-future': {
    status: 422,
    title: 'The assessment is dated in the future',
    meaning: 'The date of the assessment chooses the table, and it has not come yet.',
    todo: 'Check assessedOn; use an estimate to look ahead.',
  },
  'no-table-in-force': {
    status: 422,
    title: 'No calibration table is in force on that date',
    meaning: 'No published table covers the date, and another date’s table is never used instead.',
    todo: 'Check the date, or publish a table for it.',
  },
  'questionnaire-not-priced': {
    status: 422,
    title: 'The table in force prices another questionnaire version',
    meaning: 'The assessment was made on a questionnaire version that the table of its date does not name.',
    todo: 'Assess on the version that is priced, or publish a table for this one.',
  },
  'questionnaire-not-found': {
    status: 422,
    title: 'No such published questionnaire version',
    meaning: 'The questionnaire key and version named are not published by this authority.',
    todo: 'Name a published version.',
  },
  'points-above-table': {
    status: 422,
    title: 'The points are above the table',
    meaning: 'The table says that points above its last are to be refused.',
    todo: 'Cost the case individually.',
  },
  'calibration-impossible': {
    status: 422,
    title: 'The cohort cannot be calibrated in this way',
    meaning: 'A method refuses the cohort or the budget it is given, for the reasons listed.',
    todo: 'Mend what errors[] lists: choose another method, another budget, or a cohort that can carry it.',
  },
  'cohort-file-malformed': {
    status: 422,
    title: 'The file is not a cohort’s CSV',
    meaning:
      'The file as a whole cannot be read as rows: its header names columns that a cohort does not have, or its quotes do not match.',
    todo: 'Mend the header or the quoting, as detail says, and send the file again; nothing was stored.',
  },
  'cohort-sealed': {
    status: 409,
    title: 'The cohort is sealed',
    meaning: 'A sealed cohort never changes, so that what was calibrated on it stays what it was.',
    todo: 'Upload a new cohort.',
  },
  'cohort-not-sealed': {
    status: 409,
    title: 'The cohort is not sealed yet',
    meaning: 'Parts may still be added to the cohort, and only one that is whole can be calibrated.',
    todo: 'Seal the cohort, then send the request again.',
  },
  'cohort-full': {
    status: 409,
    title: 'The cohort has all the parts it can have',
    meaning: 'A cohort is sent in a limited number of parts, each with a limited number of rows.',
    todo: 'Seal it, or upload a new cohort in larger parts.',
  },
  'calibration-run-not-done': {
    status: 409,
    title: 'The calibration run has no results',
    meaning: 'The run is still waiting or at work, or it failed or was cancelled.',
    todo: 'Poll the run until its state is done; where it failed, its problem says why.',
  },
  'calibration-run-ended': {
    status: 409,
    title: 'The calibration run has ended',
    meaning: 'A run that is done, failed or cancelled can no longer be cancelled.',
    todo: 'Nothing: its state says how it ended.',
  },
  'not-publishable': {
    status: 422,
    title: 'The draft would be wrong to publish',
    meaning: 'The draft breaks rules that a published version must keep.',
    todo: 'Mend everything that errors[] lists in the draft, then publish it.',
  },
}

/** What each code in errors[] means. */
export const FAULTS: Readonly<Record<AnyFaultCode, string>> = {
  'field-missing': 'A required field is not there.',
  'field-unknown': 'A field is there that this body does not have.',
  'value-type': 'A value has another JSON type than it must have.',
  'value-format': 'A text does not have its form: a decimal string, a date, a key, a UUID.',
  'value-range': 'A number, text or list is smaller or larger than allowed.',
  'value-not-allowed': 'A value is not among those listed.',
  'value-form': 'A value fits none of the forms it may have.',
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
  'answer-missing': 'A question has no answer.',
  'answer-not-asked': 'An answer is given to a question that is not asked.',
  'option-unknown': 'An answer is not among the options of its question.',
  'user-group-unknown': 'The user group is not one of the questionnaire’s.',
  'carer-missing': 'Nothing is said about a carer, and the questionnaire asks.',
  'carer-not-asked': 'Something is said about a carer, and the questionnaire does not ask.',
  'carer-support-missing': 'A carer is willing and able, and what they do is not said.',
  'carer-support-scope':
    'Unpaid support is given per domain where it is asked overall, or the other way round.',
  'key-duplicate': 'A key is used twice.',
  'scale-exceeded': 'The highest options add up to more than the scale’s maximum.',
  'weighting-group-unknown': 'A weighting and the domains it applies to do not fit together.',
  'carer-support-undefined': 'Something depends on carer support that the questionnaire does not define.',
  'factor-out-of-range': 'A factor or fraction is outside the range it may have.',
  'referral-rule-unknown-question': 'A referral rule names a question that is not there.',
  'referral-rule-unknown-option': 'A referral rule names an option that its question does not have.',
  'referral-rule-contradicts-itself': 'A referral rule asks for two answers to one question.',
  'questionnaire-version-unknown': 'The table names a questionnaire version that is not published.',
  'user-group-not-covered': 'No curve covers a user group.',
  'user-group-covered-twice': 'More than one curve covers a user group.',
  'group-curve-without-reason': 'A curve for some groups only does not say why they differ.',
  'age-defined-group-without-reason':
    'A group defined by age has its own curve without saying why age alone is not the ground.',
  'knots-not-increasing': 'The knots of a curve do not rise in points.',
  'curve-not-monotone': 'More points would mean less money.',
  'knot-above-scale': 'A knot stands above the questionnaire’s scale.',
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
  'amount-out-of-range': 'The adjustments together take an amount beyond twelve digits of pounds.',
  'contingency-out-of-range': 'The contingency is not from 0 to below 1.',
  'rounding-impossible': 'The unit of rounding is not a multiple of a penny.',
  'weeks-per-year-out-of-range': 'The weeks per year are not from 52 to 53.',
  'effective-from-not-after-last': 'The table would begin on or before one already published.',
  'effective-period-empty': 'The table would end before it begins.',
  'backdating-without-reason': 'The table would begin in the past without saying why.',
}
