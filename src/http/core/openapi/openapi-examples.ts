// The examples of the OpenAPI document: the ones that the project ships and its tests use, so that they stay true.
import assessment from '../../../../examples/assessment.json' with { type: 'json' }
import run from '../../../../examples/calibration-run.json' with { type: 'json' }
import results from '../../../../examples/calibration-run-results.json' with { type: 'json' }
import estimate from '../../../../examples/estimate.json' with { type: 'json' }
import questionnaire from '../../../../examples/questionnaire-carer.json' with { type: 'json' }
import table from '../../../../examples/table-adult.json' with { type: 'json' }

/** An example for each schema of a request, and of what is longest to read, by the schema's name. */
export const exampleBodies = {
  AssessmentIntake: assessment,
  EstimateIntake: estimate,
  QuestionnaireDraft: questionnaire,
  CalibrationTableDraft: table,
  CalibrationRunRequest: { ...run, cohortId: '019a8f6e-3c1d-7f00-8a2b-5d6c7e8f9a0b' },
  CalibrationRunResults: results,
  AllocationSearch: { personRef: assessment.personRef },
  Publication: {},
  Problem: {
    type: '/problems/no-table-in-force',
    title: 'No calibration table is in force on that date',
    status: 422,
    detail:
      'No calibration table is in force on 2011-01-01: the first is in force from 2012-04-01. Check the date, or publish a table for it.',
    instance: '/v1/assessments',
    code: 'no-table-in-force',
    errors: [],
  },
}
