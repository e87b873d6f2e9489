// Refusals that a rule of the domain decides.
import type { RefusalCode } from '../domain/errors.ts'
import type { ProblemEntry } from './problem-catalogue.ts'

export const RULE_PROBLEMS: Readonly<Record<RefusalCode, ProblemEntry>> = {
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
}
