// Every refusal by name: its status, its title, what it means and what to do. The types of codes, docs/problems.md, the
// pages /problems/{code} and the answers in the OpenAPI document are made from this. Codes are public: none is renamed.
export type ProblemEntry = {
  readonly status: number
  readonly title: string
  readonly meaning: string
  readonly todo: string
}

const ENTRIES = {
  // Decided by the protocol, the credential or what is stored.
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
    todo: 'Send less than the limit named in detail; the rows of a cohort in parts, or as text/csv.',
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
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take the method',
    meaning: 'The address is one of ours, and nothing is offered there under this method.',
    todo: 'Use one of the methods in the Allow header.',
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
  'another-revision-recorded': {
    status: 409,
    title: 'The assessment is recorded at another revision',
    meaning:
      'The authority has an assessment with this reference, at another revision. Once recorded, an assessment is only ever corrected.',
    todo: 'Send a later revision as a correction of the latest, at the address in Location.',
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
  'correction-reference-differs': {
    status: 422,
    title: 'The correction has another reference',
    meaning: 'A correction keeps the assessmentRef of what it corrects; its revision says that it is later.',
    todo: 'Send the same assessmentRef with a higher revision; record another assessment as a new one.',
  },
  'correction-revision-lower': {
    status: 422,
    title: 'The correction has a lower revision',
    meaning: 'A correction has a higher revision than what it corrects.',
    todo: 'Send a revision higher than that of the assessment to be corrected.',
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
    todo: 'Send the same request again after the seconds in Retry-After; where it has an Idempotency-Key, with the same one.',
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
  'cohort-file-malformed': {
    status: 422,
    title: 'The file is not a cohort’s CSV',
    meaning:
      'The file as a whole cannot be read as rows: its header names columns that a cohort does not have, or its quotes do not match.',
    todo: 'Mend the header or the quoting, as detail says, and send the file again; nothing was stored.',
  },
  // Decided by a rule of the domain.
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
  'decided-in-the-future': {
    status: 422,
    title: 'The decision on eligibility is dated in the future',
    meaning: 'Eligibility is decided before any budget, and the date of that decision has not come yet.',
    todo: 'Check eligibility.decidedOn; use an estimate to look ahead.',
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
    meaning: 'A cohort has at most 100 parts and a million rows.',
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
} as const satisfies Readonly<Record<string, ProblemEntry>>

/** The code of a whole refusal. */
export type RefusalCode = keyof typeof ENTRIES

export const PROBLEMS: Readonly<Record<RefusalCode, ProblemEntry>> = ENTRIES
