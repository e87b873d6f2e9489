// One story of every operation, told to a running service: a questionnaire and a table are published, an assessment is
// recorded, corrected and explained, a cohort is calibrated, and a table is drafted from the run. What is sent and
// answered on the way is what the OpenAPI document shows.
import { setTimeout } from 'node:timers/promises'
import { questionnaire, table } from '../../test/cases/documents.ts'
import type { Ask, Exchange } from './exchange.ts'

const SHORT = {
  ...questionnaire,
  title: 'Adult social care, short form',
  source: 'An example.',
  rationale: 'Three areas of need, to show the form of a questionnaire.',
}
const PRICES = {
  ...table,
  title: 'Indicative budgets 2026-27',
  source: 'An example.',
  rationale: 'One straight line, to show the form of a table.',
  questionnaire: { key: 'short-form', version: 1 },
  backdatingReason: 'An example is published whenever it is made.',
}

const SCORED = {
  userGroup: 'adults',
  assessedOn: '2026-05-01',
  questionnaire: { key: 'short-form', version: 1 },
  answers: { washing: 'some', company: 'much', money: 'some' },
  weightings: { two_people: 'no' },
  carer: { willingAndAble: true, support: { washing: 'half', company: 'none' } },
  addOns: { travel: 'near', breaks: 'yes' },
  otherNeeds: false,
}
const ELIGIBILITY = {
  eligible: true,
  outcomesNotMet: ['2(2)(b)', '2(2)(g)'],
  wellbeingImpact: true,
  decidedOn: '2026-05-01',
}
const INTAKE = {
  assessmentRef: 'A-2026-0417',
  revision: 1,
  personRef: 'P-48213',
  ...SCORED,
  eligibility: ELIGIBILITY,
  ageBand: '65-74',
  teamRef: 'T-NORTH',
  currentCostAnnual: '15600.00',
}

/** Everything that was sent and answered, by the operation; each operation at least once. */
export async function tellStory(ask: Ask): Promise<readonly Exchange[]> {
  const told: Exchange[] = []
  const tell = async (id: string, how: Parameters<Ask>[1]) => {
    const exchange = await ask(id, how)
    told.push(exchange)
    return exchange
  }
  await tell('live', { url: '/health/live' })
  await tell('ready', { url: '/health/ready' })
  await tell('version', { url: '/version' })
  await tell('explainProblem', { url: '/problems/no-table-in-force', accept: 'application/json' })
  await tell('explainProblem', { url: '/problems/no-table-in-force', accept: 'text/plain' })
  await tell('getMe', { url: '/v1/me' })
  await tellDocument(tell, 'Questionnaire', 'questionnaires', { key: 'short-form', ...SHORT })
  await tellDocument(tell, 'CalibrationTable', 'calibration-tables', { key: 'budgets', ...PRICES })
  await tellAllocation(tell)
  await tellTables(tell)
  await tellCalibration(tell)
  return told
}

type Tell = Ask

async function tellDocument(tell: Tell, name: string, path: string, content: object): Promise<void> {
  const { body, etag } = await tell(`draft${name}`, { url: `/v1/${path}`, body: content })
  const { key } = body as { key: string }
  const version = `/v1/${path}/${key}/versions/1`
  const replaced = await tell(`replace${name}`, { url: version, body: content, ifMatch: etag, put: true })
  await tell(`publish${name}`, {
    url: `${version}/publication`,
    body: acknowledging(replaced.body),
    ifMatch: replaced.etag,
    publisher: true,
  })
  await tell(`list${name}s`, { url: `/v1/${path}` })
  await tell(`get${name}`, { url: version })
  const published = version.replace('/v1/', '/public/demo/')
  await tell(`listPublic${name}s`, { url: `/public/demo/${path}` })
  await tell(`getPublic${name}`, { url: published })
  await tell(`getPublicCanonical${name}`, { url: `${published}/canonical` })
}

/** What a publisher who has read the draft's warnings sends. */
function acknowledging(draft: unknown): object {
  const { warnings } = draft as { warnings: readonly { code: string }[] }
  return warnings.length === 0 ? {} : { acknowledges: [...new Set(warnings.map(({ code }) => code))] }
}

async function tellAllocation(tell: Tell): Promise<void> {
  const inForce = 'calibration-tables/in-force?questionnaire=short-form&on=2026-05-01'
  await tell('getCalibrationTableInForce', { url: `/v1/${inForce}` })
  await tell('getPublicCalibrationTableInForce', { url: `/public/demo/${inForce}` })
  const estimate = { ...SCORED, eligibility: { eligible: true } }
  await tell('estimate', { url: '/v1/estimates', body: estimate })
  await tell('estimatePublicly', { url: '/public/demo/estimates', body: estimate })
  const recorded = await tell('recordAssessment', { url: '/v1/assessments', body: INTAKE })
  const { assessment, allocation } = recorded.body as {
    assessment: { id: string }
    allocation: { id: string }
  }
  await tell('getAssessment', { url: `/v1/assessments/${assessment.id}` })
  await tell('getAllocation', { url: `/v1/allocations/${allocation.id}` })
  for (const accept of ['application/json', 'application/x-ndjson', 'text/plain'])
    await tell('explainAllocation', { url: `/v1/allocations/${allocation.id}/explanation`, accept })
  const correction = { ...INTAKE, revision: 2, answers: { ...INTAKE.answers, money: 'much' } }
  await tell('correctAssessment', { url: `/v1/assessments/${assessment.id}/corrections`, body: correction })
  await tell('listAllocations', { url: '/v1/allocations?current=true' })
  await tell('searchAllocations', { url: '/v1/allocations/search', body: { personRef: INTAKE.personRef } })
  await tell('applyCalibrationTable', {
    url: '/v1/calibration-tables/budgets/versions/1/application',
    body: {},
  })
}

// This year is corrected; next year's table had the wrong rate, and is taken back before it prices anybody.
async function tellTables(tell: Tell): Promise<void> {
  const publish = async (key: string, effectiveFrom: string) => {
    const url = '/v1/calibration-tables'
    const drafted = await tell('draftCalibrationTable', { url, body: { key, ...PRICES, effectiveFrom } })
    const version = `${url}/${key}/versions/1`
    await tell('publishCalibrationTable', {
      url: `${version}/publication`,
      body: acknowledging(drafted.body),
      ifMatch: drafted.etag,
      publisher: true,
    })
    return version
  }
  const corrected = await publish('corrected-budgets', '2026-04-01')
  await tell('listAffectedAllocations', { url: `${corrected}/affected` })
  const next = await publish('next-budgets', '2027-04-01')
  const reason = { reason: 'Wrong rate in the upload.' }
  await tell('askCalibrationTableWithdrawal', { url: `${next}/withdrawal`, body: reason })
  await tell('confirmCalibrationTableWithdrawal', {
    url: `${next}/withdrawal/confirmation`,
    body: {},
    publisher: true,
  })
}

const HEADER = 'ref,userGroup,points,costAnnual'
const FILE = [
  `${HEADER},ageBand`,
  ...Array.from(
    { length: 12 },
    (_, i) =>
      `C-${i + 1},adults,${2 * (i + 1)},${1_500 * (i + 1) + 700 * (i % 3)},${i % 2 === 0 ? '45-64' : '65-74'}`,
  ),
]

async function tellCalibration(tell: Tell): Promise<void> {
  const rows = [
    { ref: 'C-1', userGroup: 'adults', points: '4.00', costAnnual: '3900.00' },
    { ref: 'C-2', userGroup: 'nobody', points: '9.00', costAnnual: '8200.00' },
  ]
  const about = {
    title: 'Spring sample',
    questionnaire: { key: 'short-form', version: 1 },
    weeksPerYear: '52',
  }
  const first = await tell('uploadCohort', { url: '/v1/cohorts', body: { ...about, rows } })
  const small = `/v1/cohorts/${(first.body as { id: string }).id}`
  await tell('addCohortPart', {
    url: `${small}/parts`,
    body: { rows: rows.slice(0, 1).map((row) => ({ ...row, ref: 'C-3' })) },
  })
  await tell('addCohortPart', { url: `${small}/parts`, csv: `${HEADER}\nC-4,adults,12,11800\n` })
  await tell('sealCohort', { url: `${small}/seal`, body: {} })
  await tell('listCohortRejections', { url: `${small}/rejections` })
  const query = 'title=Whole%20year&questionnaire=short-form&questionnaireVersion=1&weeksPerYear=52&seal=true'
  const file = await tell('uploadCohort', { url: `/v1/cohorts?${query}`, csv: `${FILE.join('\n')}\n` })
  const { id } = file.body as { id: string }
  await tell('getCohort', { url: `/v1/cohorts/${id}` })
  await tell('getCohortSummary', { url: `/v1/cohorts/${id}/summary` })
  await tell('listCohorts', { url: '/v1/cohorts' })
  await tellRun(tell, id)
}

async function tellRun(tell: Tell, cohortId: string): Promise<void> {
  const asked = {
    groups: 'all',
    cohortId,
    methods: [{ method: 'fixed' }],
    budget: { basis: 'spend', uplift: '0', efficiency: '0' },
  }
  const url = '/v1/calibration-runs'
  const unwanted = await tell('requestCalibrationRun', { url, body: asked })
  await tell('cancelCalibrationRun', {
    url: `${url}/${(unwanted.body as { id: string }).id}/cancellation`,
    body: {},
  })
  const { body } = await tell('requestCalibrationRun', { url, body: asked })
  const run = `${url}/${(body as { id: string }).id}`
  await ended(tell, run)
  await tell('getCalibrationRunImpact', { url: `${run}/impact` })
  await tell('getCalibrationRunScenarios', { url: `${run}/scenarios` })
  await tell('exportCalibrationRun', { url: `${run}/export.csv` })
  await tell('compareCalibrationRun', { url: `${run}/comparison?on=2026-05-01` })
  await tell('compareCalibrationRun', { url: `${run}/comparison?on=2026-05-01`, accept: 'text/csv' })
  await tell('draftTableFromRun', {
    url: `${run}/draft-table`,
    body: {
      method: 'fixed',
      key: 'budgets',
      title: 'Indicative budgets 2027-28',
      financialYear: '2027-28',
      effectiveFrom: '2027-04-01',
      weeksPerYear: '52',
      rationale: 'One price for every point, from a whole year of cases.',
    },
  })
  await tellReports(tell, run)
  await tell('listCalibrationRuns', { url: `${url}?state=done` })
  const page = await tell('readFeed', { url: '/v1/feed?limit=1&after=5', sequenced: true })
  const { data } = page.body as { data: { eventId: string }[] }
  await tell('proveEvent', { url: `/v1/events/${data[0]?.eventId}/proof` })
  await tell('proveConsistency', { url: '/v1/log/consistency?from=3&to=7' })
  await tell('getLogCheckpoint', { url: '/public/demo/log/checkpoint' })
  await tell('getLogKeys', { url: '/public/demo/log/keys' })
}

// A draft that names the run is reported on, and published by somebody who has read the reports.
async function tellReports(tell: Tell, run: string): Promise<void> {
  const { body } = await tell('getCalibrationRun', { url: run })
  const { id, resultHash } = body as { id: string; resultHash: string }
  const evidence = [{ kind: 'impact-report', run: id, resultHash }]
  const content = { key: 'reported-budgets', ...PRICES, effectiveFrom: '2028-04-01', evidence }
  const url = '/v1/calibration-tables'
  const { etag } = await tell('draftCalibrationTable', { url, body: content })
  const version = `${url}/reported-budgets/versions/1`
  const made = await tell('makeCalibrationTableReports', {
    url: `${version}/reports`,
    body: {},
    ifMatch: etag,
  })
  const { impact, equality } = made.body as Record<'impact' | 'equality', { sha256: string; address: string }>
  await tell('getCalibrationTableImpactReport', { url: impact.address })
  await tell('getCalibrationTableEqualityReport', { url: equality.address })
  const draft = await tell('getCalibrationTable', { url: version })
  await tell('publishCalibrationTable', {
    url: `${version}/publication`,
    body: { ...acknowledging(draft.body), reports: { impact: impact.sha256, equality: equality.sha256 } },
    ifMatch: etag,
    publisher: true,
  })
  for (const [name, { address }] of [
    ['Impact', impact],
    ['Equality', equality],
  ] as const)
    await tell(`getPublicCalibrationTable${name}Report`, { url: address.replace('/v1/', '/public/demo/') })
}

async function ended(tell: Tell, url: string): Promise<void> {
  for (;;) {
    const { body } = await tell('getCalibrationRun', { url })
    const { state } = body as { state: string }
    if (state === 'done') return
    if (state === 'failed') throw new Error(JSON.stringify(body))
    await setTimeout(50)
  }
}
