// What each scope opens: route by route, every scope is tried. A route that is not in the table fails, so that a new
// one is given its scopes on purpose.
import { SCOPES, type Scope } from '../../../src/http/core/credentials/scopes.ts'
import { withService } from '../../support/folder.ts'
import { askPublication, get, post, put, refused, smallQuestionnaire } from '../driver.ts'
import { routesOf } from '../routes.ts'

const READERS: readonly Scope[] = ['allocations:read', 'tables:draft', 'tables:publish']

const OPENED_BY: Readonly<Record<string, readonly (Scope | 'no scope')[]>> = {
  getMe: [...SCOPES, 'no scope'],
  draftQuestionnaire: ['tables:draft'],
  listQuestionnaires: READERS,
  getQuestionnaire: READERS,
  replaceQuestionnaire: ['tables:draft'],
  publishQuestionnaire: ['tables:publish'],
  draftCalibrationTable: ['tables:draft'],
  listCalibrationTables: READERS,
  getCalibrationTable: READERS,
  replaceCalibrationTable: ['tables:draft'],
  publishCalibrationTable: ['tables:publish'],
  getCalibrationTableInForce: READERS,
  listAffectedAllocations: ['allocations:read'],
  recordAssessment: ['assessments:write'],
  correctAssessment: ['assessments:write'],
  getAssessment: ['allocations:read'],
  estimate: ['allocations:read'],
  getAllocation: ['allocations:read'],
  explainAllocation: ['allocations:read'],
  listAllocations: ['allocations:read'],
  makeCalibrationTableReports: ['tables:draft'],
  getCalibrationTableImpactReport: ['allocations:read', 'tables:draft', 'tables:publish'],
  getCalibrationTableEqualityReport: ['allocations:read', 'tables:draft', 'tables:publish'],
  askCalibrationTableWithdrawal: ['tables:publish'],
  confirmCalibrationTableWithdrawal: ['tables:publish'],
  searchAllocations: ['allocations:read'],
  readFeed: ['allocations:read', 'audit:read'],
  proveEvent: ['allocations:read', 'audit:read'],
  proveConsistency: ['allocations:read', 'audit:read'],
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

export const tests = withService(import.meta, (t, service) => {
  t.test('each route is opened by its scopes and by no other', async (t) => {
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
            t.equal(
              answer.headers['www-authenticate'],
              `Bearer realm="openras", error="insufficient_scope", scope="${opening[0] ?? 'calibration:write tables:draft'}"`,
            )
          }
        }
      })
    }
  })

  t.test('who drafts and who publishes read what they work on, and nothing of persons', async (t) => {
    const alpha = await service.authority('alpha')
    const bearer = async (scope: Scope) => ({
      authorization: `Bearer ${await alpha.key({ scopes: [scope], subject: scope })}`,
    })
    const [drafter, publisher] = [await bearer('tables:draft'), await bearer('tables:publish')]
    const drafted = await post(service, drafter, '/v1/questionnaires', smallQuestionnaire)
    t.equal(drafted.statusCode, 201)
    const address = String(drafted.headers.location)
    const seen = await get(service, drafter, address)
    const replaced = await put(service, drafter, address, smallQuestionnaire, {
      'if-match': String(seen.headers.etag),
    })
    t.equal(replaced.statusCode, 200)
    t.equal((await askPublication(service, publisher, address)).statusCode, 201)
    for (const who of [drafter, publisher]) {
      t.equal((await get(service, who, '/v1/questionnaires')).json().data.length, 1)
      refused(t, await get(service, who, '/v1/allocations'), 'scope-missing')
    }
  })
})
