// The shapes with a name: each appears once in the OpenAPI document, and validators know them by that name. Whatever the
// contract exports with an `$id` is one.
import * as allocation from '../../../contract/allocation/allocation.ts'
import * as assessment from '../../../contract/allocation/assessment.ts'
import * as explanation from '../../../contract/allocation/explanation.ts'
import * as list from '../../../contract/allocation/list.ts'
import * as working from '../../../contract/allocation/working.ts'
import * as calibrationRun from '../../../contract/calibration/calibration-run.ts'
import * as cohort from '../../../contract/calibration/cohort.ts'
import * as cohortFigures from '../../../contract/calibration/cohort-figures.ts'
import * as effects from '../../../contract/calibration/effects.ts'
import * as figures from '../../../contract/calibration/figures.ts'
import * as impact from '../../../contract/calibration/impact.ts'
import * as method from '../../../contract/calibration/method.ts'
import * as publicEffects from '../../../contract/calibration/public-effects.ts'
import * as runRequest from '../../../contract/calibration/run-request.ts'
import * as runResults from '../../../contract/calibration/run-results.ts'
import * as runTables from '../../../contract/calibration/run-tables.ts'
import * as trust from '../../../contract/calibration/trust.ts'
import * as calibrationTable from '../../../contract/documents/calibration-table.ts'
import * as evidence from '../../../contract/documents/evidence.ts'
import * as provenance from '../../../contract/documents/provenance.ts'
import * as publication from '../../../contract/documents/publication.ts'
import * as questionnaire from '../../../contract/documents/questionnaire.ts'
import * as tableReports from '../../../contract/documents/table-reports.ts'
import * as version from '../../../contract/documents/version.ts'
import * as warning from '../../../contract/documents/warning.ts'
import * as event from '../../../contract/event.ts'
import * as feed from '../../../contract/feed.ts'
import * as log from '../../../contract/log.ts'
import * as me from '../../../contract/me.ts'
import * as problem from '../../../contract/problem.ts'
import * as service from '../../../contract/service.ts'

const MODULES: readonly object[] = [
  problem,
  service,
  me,
  event,
  warning,
  version,
  publication,
  tableReports,
  questionnaire,
  evidence,
  provenance,
  calibrationTable,
  assessment,
  working,
  allocation,
  list,
  explanation,
  feed,
  log,
  figures,
  cohort,
  cohortFigures,
  effects,
  impact,
  publicEffects,
  trust,
  method,
  runRequest,
  runResults,
  calibrationRun,
  runTables,
]

type Named = { readonly $id: string }

function isNamed(exported: unknown): exported is Named {
  return typeof exported === 'object' && exported !== null && '$id' in exported
}

export const sharedSchemas: readonly Named[] = [
  ...new Set(MODULES.flatMap((module) => Object.values(module).flat().filter(isNamed))),
]
