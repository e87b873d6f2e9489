// What each scope opens: route by route, every scope is tried. A route that is not in the table fails, so that a new
// one is given its scopes on purpose.
import t from 'tap'
import { SCOPES, type Scope } from '../../src/http/scopes.ts'
import { startService } from '../support/service.ts'
import { refused } from './driver.ts'
import { routesOf } from './routes.ts'

const OPENED_BY: Readonly<Record<string, readonly Scope[]>> = {
  draftQuestionnaire: ['tables:draft'],
  listQuestionnaires: ['allocations:read'],
  getQuestionnaire: ['allocations:read'],
  replaceQuestionnaire: ['tables:draft'],
  publishQuestionnaire: ['tables:publish'],
  draftCalibrationTable: ['tables:draft'],
  listCalibrationTables: ['allocations:read'],
  getCalibrationTable: ['allocations:read'],
  replaceCalibrationTable: ['tables:draft'],
  publishCalibrationTable: ['tables:publish'],
  getCalibrationTableInForce: ['allocations:read'],
  recordAssessment: ['assessments:write'],
  correctAssessment: ['assessments:write'],
  getAssessment: ['allocations:read'],
  estimate: ['allocations:read'],
  getAllocation: ['allocations:read'],
  explainAllocation: ['allocations:read'],
  listAllocations: ['allocations:read'],
  searchAllocations: ['allocations:read'],
  readFeed: ['allocations:read', 'audit:read'],
  uploadCohort: ['calibration:write'],
  addCohortPart: ['calibration:write'],
  sealCohort: ['calibration:write'],
  listCohorts: ['calibration:write'],
  getCohort: ['calibration:write'],
  getCohortSummary: ['calibration:write'],
  listCohortRejections: ['calibration:write'],
  requestCalibrationRun: ['calibration:write'],
  cancelCalibrationRun: ['calibration:write'],
  listCalibrationRuns: ['calibration:write'],
  getCalibrationRun: ['calibration:write'],
  getCalibrationRunImpact: ['calibration:write'],
  getCalibrationRunScenarios: ['calibration:write'],
  exportCalibrationRun: ['calibration:write'],
  compareCalibrationRun: ['calibration:write'],
  getCalibrationRunReport: ['calibration:write'],
  getCalibrationRunChart: ['calibration:write'],
  exportCalibrationRunWorkbook: ['calibration:write'],
  applyCalibrationTable: ['calibration:write'],
  // It needs calibration:write and tables:draft at once, so that no single scope opens it.
  draftTableFromRun: [],
}

t.test('each route is opened by its scopes and by no other', async (t) => {
  const service = await startService(t)
  const alpha = await service.authority('alpha')
  const keys = new Map<string, string>()
  for (const scope of SCOPES) keys.set(scope, await alpha.key({ scopes: [scope] }))
  keys.set('no scope', await alpha.key({ scopes: [] }))
  const routes = routesOf(service.app).filter(({ path }) => path.startsWith('/v1/'))
  t.strictSame(
    routes.map(({ operation }) => operation.operationId).sort(),
    Object.keys(OPENED_BY).sort(),
    'the table names every route under /v1',
  )
  for (const { method, path, url, operation } of routes) {
    await t.test(`${method} ${path}`, async (t) => {
      const opening: readonly string[] = OPENED_BY[operation.operationId] ?? []
      for (const [scope, key] of keys) {
        const answer = await service.request({ method, url, headers: { authorization: `Bearer ${key}` } })
        if (opening.includes(scope)) {
          t.notOk([401, 403].includes(answer.statusCode), scope)
        } else {
          refused(t, answer, 'scope-missing', [], scope)
          const needed = opening.length > 0 ? opening.join(' or ') : /calibration:write|tables:draft/
          t.match(answer.json().detail, needed, 'the scope that is needed is named')
        }
      }
    })
  }
})
