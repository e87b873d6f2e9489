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
    title: 'The body is not valid JSON',
    meaning: 'The body is not one JSON value in UTF-8, or it breaks a limit on depth, size or repeated keys.',
    todo: 'Fix everything in errors[] and resend. Nothing was stored.',
  },
  'request-invalid': {
    status: 400,
    title: 'The request is not valid',
    meaning: 'A field, parameter or header is missing, unknown, of the wrong type or out of range.',
    todo: 'Fix everything in errors[] and resend. Nothing was stored.',
  },
  'content-type-unsupported': {
    status: 415,
    title: 'The content type is not supported',
    meaning: 'Bodies are read as application/json. Cohort rows may also be text/csv.',
    todo: 'Send Content-Type: application/json, or text/csv for cohort rows.',
  },
  'content-encoding-unsupported': {
    status: 415,
    title: 'The content encoding is not supported',
    meaning:
      'The Content-Encoding header says that the body is compressed. Bodies are read uncompressed only.',
    todo: 'Send the body uncompressed, without a Content-Encoding header.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body is larger than this address accepts.',
    todo: 'Send less than the limit in detail. Send a large cohort in parts or as text/csv.',
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
    meaning: 'The credential is unknown, wrong, expired or revoked (we do not say which).',
    todo: 'Check the key or token, or ask the authority for a new one.',
  },
  'scope-missing': {
    status: 403,
    title: 'The credential does not allow this',
    meaning: 'The credential is valid but lacks the scope that this address needs.',
    todo: 'Ask the authority for a credential with the scope named in detail.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'The address is unknown, or this authority has no such record (we do not say which).',
    todo: 'Check the address and the id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    meaning: 'The address exists, but not with this method.',
    todo: 'Use one of the methods in the Allow header.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No such format',
    meaning: 'The Accept header names no format that this address offers.',
    todo: 'Ask for one of the formats named in detail.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'An Idempotency-Key is needed',
    meaning: 'A request that creates something needs a key, so that a retry never creates it twice.',
    todo: 'Send an Idempotency-Key of 1 to 200 visible characters. Use a new key for each new request and the same key for its retries.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    meaning: 'This client used the key before, with another method, address or body.',
    todo: 'Use a new key for a new request. Send the first body again to get the first answer.',
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this key is still running',
    meaning: 'An earlier copy of this request had not finished after two seconds.',
    todo: 'Wait for the seconds in Retry-After, then resend with the same key.',
  },
  'if-match-missing': {
    status: 428,
    title: 'If-Match is needed',
    meaning: 'To change or publish a draft, you must say which revision you saw.',
    todo: 'Fetch the draft and send its ETag as If-Match.',
  },
  'revision-changed': {
    status: 412,
    title: 'The draft has changed',
    meaning: 'If-Match does not name the latest revision.',
    todo: 'Fetch the draft again, check what changed, then resend.',
  },
  'already-published': {
    status: 409,
    title: 'The version is already published',
    meaning: 'A published version never changes.',
    todo: 'Draft a new version.',
  },
  'publisher-is-drafter': {
    status: 403,
    title: 'A second person must publish',
    meaning: 'The subject of this credential drafted a revision of this version.',
    todo: 'Ask someone who did not draft it to publish it.',
  },
  'not-published': {
    status: 409,
    title: 'The version is not published',
    meaning: 'Only a published table can be withdrawn. This version is a draft.',
    todo: 'Nothing: a draft prices nobody. Replace it, or leave it.',
  },
  'already-withdrawn': {
    status: 409,
    title: 'The table is already withdrawn',
    meaning: 'Two persons have withdrawn this version. It never comes back.',
    todo: 'Draft a new version.',
  },
  'withdrawal-already-asked': {
    status: 409,
    title: 'The withdrawal is already asked for',
    meaning: 'Somebody has asked for the withdrawal of this version. Nobody has confirmed it yet.',
    todo: 'Ask someone other than who asked to confirm it.',
  },
  'withdrawal-not-asked': {
    status: 409,
    title: 'Nobody has asked for the withdrawal',
    meaning: 'A withdrawal is asked for by one person and confirmed by another.',
    todo: 'Ask for the withdrawal first, with a reason.',
  },
  'confirmer-asked': {
    status: 403,
    title: 'A second person must confirm the withdrawal',
    meaning: 'The subject of this credential asked for the withdrawal.',
    todo: 'Ask someone else to confirm it.',
  },
  'table-has-priced': {
    status: 409,
    title: 'The table has priced an allocation',
    meaning: 'Only a table that has priced nobody can be withdrawn. Corrected and erased allocations count.',
    todo: 'Draft a successor for the same dates. Once it is published, correct the allocations that it affects.',
  },
  'warning-not-acknowledged': {
    status: 422,
    title: 'A warning is not acknowledged',
    meaning: 'The draft may be published, but each of its warnings must be named in acknowledges.',
    todo: 'Check each warning in errors[]. Then name its code in acknowledges, or clear it in the draft.',
  },
  'no-run-in-evidence': {
    status: 422,
    title: 'The evidence names no calibration run',
    meaning: 'Reports apply the draft to the people of the run that its evidence names, and it names none.',
    todo: 'Name a finished run and its resultHash as impact-report in evidence, then resend.',
  },
  'reports-already-made': {
    status: 409,
    title: 'The reports of this revision are already made',
    meaning: 'The reports of a revision are made once, so that everybody reads the same.',
    todo: 'Fetch them at the addresses of the draft. Replace the draft to make new ones.',
  },
  'report-changed': {
    status: 409,
    title: 'The reports are not those of this revision',
    meaning: 'The hashes in reports are not those of the reports made for this revision of the draft.',
    todo: 'Fetch the reports of this revision, read them, and send their hashes.',
  },
  'assessment-already-recorded': {
    status: 409,
    title: 'The assessment is already recorded',
    meaning:
      'The authority has an assessment with this reference and revision, recorded under another Idempotency-Key.',
    todo: 'Use the recorded assessment at the address in Location. If it is wrong, correct it with POST to that address followed by /corrections.',
  },
  'another-revision-recorded': {
    status: 409,
    title: 'Another revision of the assessment is recorded',
    meaning:
      'The authority has an assessment with this reference at another revision. A recorded assessment changes only by correction.',
    todo: 'Send a later revision as a correction of the latest, which is at the address in Location.',
  },
  'already-corrected': {
    status: 409,
    title: 'The assessment is already corrected',
    meaning: 'An assessment has at most one correction. A further correction corrects the latest.',
    todo: 'Correct the latest assessment, which is at the address in Location.',
  },
  'correction-person-differs': {
    status: 422,
    title: 'The correction is about another person',
    meaning: 'A correction keeps the personRef of the assessment that it corrects.',
    todo: 'Send the same personRef. Record an assessment of another person as a new assessment.',
  },
  'correction-reference-differs': {
    status: 422,
    title: 'The correction has another reference',
    meaning:
      'A correction keeps the assessmentRef of the assessment that it corrects. Only its revision rises.',
    todo: 'Send the same assessmentRef with a higher revision. Record another assessment as a new one.',
  },
  'correction-revision-lower': {
    status: 422,
    title: 'The revision of the correction is too low',
    meaning: 'A correction has a higher revision than the assessment that it corrects.',
    todo: 'Send a higher revision.',
  },
  'erased-under-policy': {
    status: 410,
    title: 'Erased under the retention policy',
    meaning:
      'The personal content of this record was erased under the authority’s published policy. The log still holds its hash.',
    todo: 'Nothing: it cannot be recovered.',
  },
  'subject-denied': {
    status: 403,
    title: 'The subject was revoked',
    meaning: 'The credential is genuine, but nobody may act in the name of its subject any more.',
    todo: 'Ask the authority for a credential of another subject.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor is not valid',
    meaning: 'A cursor works only as nextCursor gave it, with the same filters.',
    todo: 'Send the cursor unchanged with the same filters, or start without one.',
  },
  'feed-cursor-ahead': {
    status: 409,
    title: 'The cursor is past the feed’s end',
    meaning: 'The reader’s store belongs to another log, or the service was restored from an older backup.',
    todo: 'Stop and ask the operators. Do not restart from zero without asking.',
  },
  'log-empty': {
    status: 404,
    title: 'The log has no checkpoint yet',
    meaning: 'Nothing of this authority is signed yet: it has recorded nothing, or did so a moment ago.',
    todo: 'Wait a few seconds, then ask again.',
  },
  'proof-not-ready': {
    status: 404,
    title: 'The event is not under a checkpoint yet',
    meaning:
      'The event is recorded. The next checkpoint, within seconds, is the first that it can be proved by.',
    todo: 'Wait for the seconds in Retry-After, then ask again.',
  },
  'size-ahead': {
    status: 422,
    title: 'The log is not that large',
    meaning: 'No checkpoint has that size, or the earlier size did not come first.',
    todo: 'Ask for sizes up to that of the last checkpoint, the earlier one first.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'This address made more requests, or sent more wrong credentials, than a minute allows.',
    todo: 'Wait for the seconds in Retry-After.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    meaning: 'The request line and the headers together are larger than 16 kB.',
    todo: 'Send shorter headers, or a shorter address.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive whole',
    meaning: 'The whole request must arrive within ten seconds. This one did not, or was cut off.',
    todo: 'Resend it over a faster connection. Send a large upload in parts.',
  },
  busy: {
    status: 503,
    title: 'The service is busy',
    meaning: 'The service could not answer in time. If the request was a write, it may or may not be stored.',
    todo: 'Wait for the seconds in Retry-After, then resend. If it had an Idempotency-Key, use the same one.',
  },
  'clock-differs': {
    status: 503,
    title: 'The service’s clock is wrong',
    meaning:
      'The clocks of the service and of its database differ by more than a minute, or by 5 seconds ahead. Nothing was stored.',
    todo: 'Wait for the seconds in Retry-After, then resend. Tell the operators to set the clocks.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not ready',
    meaning: 'The service is stopping, or cannot reach its database or its token issuer’s keys.',
    todo: 'Wait for the seconds in Retry-After, then resend.',
  },
  'record-altered': {
    status: 500,
    title: 'The record is not what was recorded',
    meaning:
      'What is stored differs from what the log says was recorded. It is not shown, because nobody can rely on it.',
    todo: 'Give the operators the X-Correlation-ID of this answer, at once. Do not take the figure from elsewhere.',
  },
  'internal-error': {
    status: 500,
    title: 'The service made a mistake',
    meaning: 'Something went wrong inside the service. It is logged under the correlation id.',
    todo: 'Give the operators the X-Correlation-ID of this answer.',
  },
  'cohort-file-malformed': {
    status: 422,
    title: 'The file is not a cohort CSV',
    meaning:
      'The file cannot be read as rows. Its header names the wrong columns, or its quotation marks do not match.',
    todo: 'Fix the line that detail names, then resend. Nothing was stored.',
  },
  // Decided by a rule of the domain.
  'assessment-invalid': {
    status: 422,
    title: 'The answers do not fit the questionnaire',
    meaning:
      'Answers are missing, not asked for, or not among the options of the named questionnaire version.',
    todo: 'Fix everything in errors[] and resend. Nothing was stored.',
  },
  'assessed-in-the-future': {
    status: 422,
    title: 'The assessment date is in the future',
    meaning: 'The date of the assessment chooses the table, and it has not come yet.',
    todo: 'Check assessedOn. Use an estimate to look ahead.',
  },
  'decided-in-the-future': {
    status: 422,
    title: 'The eligibility decision is dated in the future',
    meaning: 'Eligibility is decided before any budget, and the date of this decision has not come yet.',
    todo: 'Check eligibility.decidedOn. Use an estimate to look ahead.',
  },
  'no-table-in-force': {
    status: 422,
    title: 'No calibration table is in force on that date',
    meaning: 'No published table covers the date. The service never uses the table of another date instead.',
    todo: 'Check the date, or publish a table for it.',
  },
  'questionnaire-not-priced': {
    status: 422,
    title: 'The table in force prices another questionnaire version',
    meaning: 'The assessment uses a questionnaire version that the table of its date does not price.',
    todo: 'Use the version that the table prices, or publish a table for this one.',
  },
  'questionnaire-not-found': {
    status: 422,
    title: 'No such published questionnaire version',
    meaning: 'This authority has not published a questionnaire with this key and version.',
    todo: 'Name a published version.',
  },
  'points-above-table': {
    status: 422,
    title: 'The points are above the table',
    meaning: 'The table refuses points above its last.',
    todo: 'Cost the case individually.',
  },
  'calibration-impossible': {
    status: 422,
    title: 'The calibration cannot be done',
    meaning: 'A method cannot use this cohort, budget or parameter, for the reasons listed.',
    todo: 'Fix everything in errors[]: choose another method, budget or cohort.',
  },
  'cohort-sealed': {
    status: 409,
    title: 'The cohort is sealed',
    meaning: 'A sealed cohort never changes, so that every calibration on it can be repeated.',
    todo: 'Upload a new cohort.',
  },
  'cohort-not-found': {
    status: 422,
    title: 'There is no such cohort',
    meaning: 'The run names a cohort that this authority does not have.',
    todo: 'Check cohortId. GET /v1/cohorts lists your cohorts.',
  },
  'cohort-not-sealed': {
    status: 409,
    title: 'The cohort is not sealed yet',
    meaning: 'More parts may still be added. Only a sealed cohort can be calibrated.',
    todo: 'Seal the cohort, then resend.',
  },
  'cohorts-differ': {
    status: 422,
    title: 'The runs are on different cohorts',
    meaning: 'Two runs can be compared only where they are about the same people.',
    todo: 'Name a run on the same cohort.',
  },
  'cohort-full': {
    status: 409,
    title: 'The cohort is full',
    meaning: 'A cohort has at most 100 parts and a million rows.',
    todo: 'Seal it, or upload a new cohort in larger parts.',
  },
  'calibration-run-not-done': {
    status: 409,
    title: 'The calibration run has no results',
    meaning: 'The run is queued or running, or it failed or was cancelled.',
    todo: 'Poll the run until its state is done. If it failed, its problem says why.',
  },
  'calibration-run-ended': {
    status: 409,
    title: 'The calibration run has ended',
    meaning: 'A run that is done, failed or cancelled cannot be cancelled.',
    todo: 'Nothing: its state says how it ended.',
  },
  'not-publishable': {
    status: 422,
    title: 'The draft cannot be published yet',
    meaning: 'The draft breaks rules that a published version must keep.',
    todo: 'Fix everything in errors[] in the draft, then publish it.',
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>

/** The code of a whole refusal. */
export type RefusalCode = keyof typeof ENTRIES

export const PROBLEMS: Readonly<Record<RefusalCode, ProblemEntry>> = ENTRIES
