// The shapes with a name: each appears once in the OpenAPI document, and validators know them by that name. Whatever the
// contract exports with an `$id` is one.
import * as allocation from '../../../contract/allocation/allocation.ts'
import * as assessment from '../../../contract/allocation/assessment.ts'
import * as explanation from '../../../contract/allocation/explanation.ts'
import * as list from '../../../contract/allocation/list.ts'
import * as working from '../../../contract/allocation/working.ts'
import * as calibrationTable from '../../../contract/documents/calibration-table.ts'
import * as questionnaire from '../../../contract/documents/questionnaire.ts'
import * as version from '../../../contract/documents/version.ts'
import * as event from '../../../contract/event.ts'
import * as feed from '../../../contract/feed.ts'
import * as me from '../../../contract/me.ts'
import * as problem from '../../../contract/problem.ts'
import * as service from '../../../contract/service.ts'
import * as cohortFigures from '../../calibration-runs/cohort-figures-schema.ts'
import * as figures from '../../calibration-runs/figures-schema.ts'
import * as impact from '../../calibration-runs/impact-schema.ts'
import * as request from '../../calibration-runs/request-schema.ts'
import * as run from '../../calibration-runs/schema.ts'
import * as table from '../../calibration-runs/table-schema.ts'
import * as trust from '../../calibration-runs/trust-schema.ts'
import * as cohort from '../../cohorts/schema.ts'

const MODULES: readonly object[] = [
  problem,
  service,
  me,
  event,
  version,
  questionnaire,
  calibrationTable,
  assessment,
  working,
  allocation,
  list,
  explanation,
  feed,
  cohort,
  cohortFigures,
  figures,
  impact,
  trust,
  request,
  run,
  table,
]

type Named = { readonly $id: string }

function isNamed(exported: unknown): exported is Named {
  return typeof exported === 'object' && exported !== null && '$id' in exported
}

export const sharedSchemas: readonly Named[] = [
  ...new Set(MODULES.flatMap((module) => Object.values(module).filter(isNamed))),
]
