// From a run to a table that people get: drafted with its provenance, compared, tried on the caseload, published by
// somebody else, and then what the engine uses.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import {
  askPublication,
  estimateOf,
  get,
  post,
  refused,
  smallAnswers,
  smallIntake,
  smallQuestionnaire,
  smallTable,
} from '../driver.ts'
import { type Run, ran, runner, sealedCohort } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  const bede = await service.authority('bede')
  await publish(service, avon, 'questionnaires', smallQuestionnaire)

  // £800 for each of 10 + 20 + 30 points: Fixed gives £800 a point, and the table in force gives £1,000.
  const cohortId = await sealedCohort(service, avon.author, {
    query: 'title=Small&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true',
    file: 'ref,userGroup,points,costAnnual\nA,adults,10,12000\nB,adults,20,14000\nC,elders,30,22000',
  })
  const run = await ran(service, avon.author, {
    cohortId,
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '48000' },
    methods: [{ method: 'fixed' }, { method: 'line', name: 'steep' }],
    contingency: { fraction: '0.1' },
  })
  const address = `/v1/calibration-runs/${run.id}`

  const noNeed = { outcomesNotMet: [], wellbeingImpact: false, decidedOn: '2026-05-01' }

  const DRAFT = {
    method: 'fixed',
    key: 'next-table',
    title: 'The next table',
    financialYear: '2027-28',
    effectiveFrom: '2026-04-02',
    weeksPerYear: '52',
    rationale: 'Calibrated on a small cohort.',
    backdatingReason: 'A test.',
    reviewBy: '2027-12-31',
    release: { howToAsk: 'Ask us.', decidedBy: 'A manager', withinDays: 10 },
  }
  const draft = (change: object = {}, headers = {}) =>
    post(service, avon.author, `${address}/draft-table`, { ...DRAFT, ...change }, headers)

  t.test('before any table is in force, there is nothing to compare with', async (t) => {
    refused(t, await get(service, avon.author, `${address}/comparison?on=2026-05-01`), 'no-table-in-force')
  })

  t.test('a run is compared with the table in force on a date', async (t) => {
    await publish(service, avon, 'calibration-tables', smallTable)
    const answer = await get(service, avon.author, `${address}/comparison?on=2026-05-01`)
    t.equal(answer.statusCode, 200, answer.body)
    const { table, people, methods } = answer.json()
    t.match({ table, people }, { table: { key: 'small-table', version: 1 }, people: 3 })
    t.match(methods[0], {
      name: 'fixed',
      outcome: 'fitted',
      impact: { all: { existing: '60000.00', new: '48000.00', lower: { rows: 3 } } },
    })
    t.equal(methods[0].scenarios[2].pressure, '-12000.00')
    refused(t, await get(service, bede.author, `${address}/comparison?on=2026-05-01`), 'not-found')
  })

  t.test('a run is compared with another on its cohort, as figures, as a page and as a file', async (t) => {
    const other = await ran(service, avon.author, {
      cohortId,
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '60000' },
      methods: [{ method: 'fixed' }, { method: 'line' }],
    })
    const beside = `${address}/comparison?with=${other.id}&method=fixed`
    const { with: named, on, table, people, methods } = (await get(service, avon.author, beside)).json()
    t.strictSame(
      { named, on, table, people },
      { named: { runId: other.id, method: 'fixed' }, on: null, table: null, people: 3 },
    )
    t.match(methods[0], {
      impact: { all: { existing: '60000.00', new: '48000.00' } },
      impactAvailable: { all: { existing: '60000.00', new: '43200.00' } },
      scenariosAvailable: { length: 5 },
    })
    t.equal(methods[0].tenths.length, 10)
    const page = await get(service, avon.author, `${beside}&depth=persons`, { accept: 'text/html' })
    t.match(page.headers['content-type'], /^text\/html/)
    t.match(page.body, `Compared with the method fixed of the run ${other.id}`)
    t.match(page.body, 'what the other run gives them')
    const few = await get(service, avon.author, beside, { accept: 'text/html' })
    t.match(few.body, 'fewer than 10 people')
    const file = await get(service, avon.author, `${beside}&depth=persons&part=tenths`, {
      accept: 'text/csv',
    })
    t.match(file.headers['content-disposition'], `calibration-run-${run.id}-compared-tenths.csv`)
    t.match(file.body, 'fixed,available,9,9,muchLess,1,1,30000.00,21600.00')

    refused(t, await get(service, avon.author, `${beside}&on=2026-05-01`), 'request-invalid', [
      'field-unknown /query/with',
    ])
    refused(t, await get(service, avon.author, `${address}/comparison`), 'request-invalid', [
      'field-missing /query/on',
    ])
    const none = `${address}/comparison?with=${other.id}&method=isotonic`
    refused(t, await get(service, avon.author, none), 'calibration-impossible', [
      'parameter-out-of-range /query/method',
    ])
    refused(t, await get(service, avon.author, `${address}/comparison?with=${cohortId}`), 'not-found')
    const elsewhere = await ran(service, avon.author, {
      cohortId: await sealedCohort(service, avon.author, {
        query: 'title=Other&questionnaire=small&questionnaireVersion=1&weeksPerYear=52&seal=true',
        file: 'ref,userGroup,points,costAnnual\nA,adults,10,12000\nB,adults,20,14001',
      }),
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '48000' },
      methods: [{ method: 'fixed' }],
    })
    refused(
      t,
      await get(service, avon.author, `${address}/comparison?with=${elsewhere.id}`),
      'cohorts-differ',
    )
  })

  t.test('who was left out of a run is left out of its table, with the reason', async (t) => {
    const without = await ran(service, avon.author, {
      cohortId,
      groups: 'all',
      budget: { basis: 'spend', uplift: '0', efficiency: '0' },
      methods: [{ method: 'fixed' }],
      exclusions: [
        { rule: 'user-group', userGroups: ['elders'], reason: 'Too few to price.' },
        { rule: 'weekly-cost-above', limit: '1000', weeksPerYear: '52', reason: 'Costed one by one.' },
      ],
    })
    const drafted = await post(service, avon.author, `/v1/calibration-runs/${without.id}/draft-table`, {
      ...DRAFT,
      key: 'without-elders',
    })
    t.match(drafted.json(), {
      outside: [{ userGroup: 'elders', reason: 'Too few to price.' }],
      settings: ['own-home'],
      cap: { amountAnnual: '52000.00' },
      provenance: { evidence: { people: '2', rows: 2, pointsFrom: '10.00', pointsTo: '20.00' } },
    })
  })

  t.test('a draft has the knots of one method, and where they came from', async (t) => {
    const answer = await draft({}, { 'idempotency-key': 'draft-once' })
    t.equal(answer.statusCode, 201, answer.body)
    const table = answer.json()
    t.match(table, {
      key: 'next-table',
      version: 1,
      questionnaire: { key: 'small', version: 1 },
      contingency: { fraction: '0.1', release: DRAFT.release },
      reviewBy: '2027-12-31',
      lifecycle: { status: 'draft', draftedBy: ['author'] },
      provenance: {
        calibrationRunId: run.id,
        method: 'fixed',
        cohortHash: run.results.cohortHash,
        engineVersion: '1',
        parameters: {
          method: 'fixed',
          groups: 'all',
          budget: '{"amountAnnual":"48000","basis":"stated"}',
          resultHash: run.resultHash,
        },
      },
    })
    t.strictSame(table.curves[0].knots, run.results.methods[0].curves[0].knots)
    t.equal((await draft({}, { 'idempotency-key': 'draft-once' })).body, answer.body)
    refused(t, await draft({ method: 'none' }), 'calibration-impossible', ['parameter-out-of-range /method'])
    const keys = ['calibration:write'] as const
    const modeller = { authorization: `Bearer ${await avon.key({ scopes: keys, subject: 'modeller' })}` }
    refused(t, await post(service, modeller, `${address}/draft-table`, DRAFT), 'scope-missing')
    refused(t, await post(service, bede.author, `${address}/draft-table`, DRAFT), 'not-found')
  })

  t.test(
    'a draft is tried on the caseload: the latest allocation of each person, and nothing is stored',
    async (t) => {
      const people = [
        smallIntake({ personRef: 'P-1' }),
        smallIntake({
          personRef: 'P-1',
          answers: { ...smallAnswers.answers, money: 'much' },
          ageBand: '75-84',
        }),
        smallIntake({ personRef: 'P-2', eligibility: { ...noNeed, eligible: false } }),
        smallIntake({ personRef: 'P-3', userGroup: 'elders' }),
      ]
      for (const one of people)
        t.equal((await post(service, avon.author, '/v1/assessments', one)).statusCode, 201)
      const before = (await get(service, avon.author, '/v1/allocations')).body
      const path = '/v1/calibration-tables/next-table/versions/1/application'
      const answer = await post(service, avon.author, path, { envelopeAnnual: '25000' })
      t.equal(answer.statusCode, 200, answer.body)
      // 17.5 and 12.5 points at £800 instead of £1,000.
      t.match(answer.json(), {
        table: { key: 'next-table', version: 1 },
        counted: { people: 3, priced: 2, notEligible: 1, otherVersion: 0, refusedByTable: 0 },
        envelope: { envelopeAnnual: '25000.00', totalAnnual: '24000.00', differenceAnnual: '-1000.00' },
        changed: 2,
        changes: [
          {
            personRef: 'P-1',
            existing: '17500.00',
            new: '14000.00',
            change: '-3500.00',
            changePercent: '-20.00',
          },
          { personRef: 'P-3', existing: '12500.00', new: '10000.00' },
        ],
      })
      t.ok(answer.json().impact.ageBands.some((one: Run) => one.ageBand === '75-84'))
      t.match((await post(service, avon.author, path, { limit: 1 })).json(), {
        changed: 2,
        changes: { length: 1 },
      })
      t.equal((await get(service, avon.author, '/v1/allocations')).body, before)
      refused(t, await post(service, bede.author, path, {}), 'not-found')
    },
  )

  t.test('its drafter cannot publish it; another can, and then the engine uses it', async (t) => {
    const table = '/v1/calibration-tables/next-table/versions/1'
    refused(t, await askPublication(service, avon.author, table), 'publisher-is-drafter')
    const published = await askPublication(service, avon.publisher, table)
    t.equal(published.statusCode, 201, published.body)
    const estimate = await post(service, avon.author, '/v1/estimates', estimateOf(smallIntake()))
    t.match(estimate.json(), {
      amountAnnual: '10000.00',
      contingencyAnnual: '1000.00',
      table: { key: 'next-table', version: 1 },
    })
    const compared = (await get(service, avon.author, `${address}/comparison?on=2026-05-01`)).json()
    t.match(compared, { unchangedWithin: '0.01' })
    t.match(compared.methods[0].impact.all, {
      same: { rows: 3 },
      withinRounding: '0.00',
      change: '0.00',
    })
  })

  t.test('curves by group need their reasons before they can be published', async (t) => {
    const grouped = await ran(service, avon.author, {
      cohortId,
      groups: 'per-group',
      budget: { basis: 'spend', uplift: '0', efficiency: '0' },
      methods: [{ method: 'fixed' }],
    })
    const url = `/v1/calibration-runs/${grouped.id}/draft-table`
    const without = await post(service, avon.author, url, {
      ...DRAFT,
      key: 'grouped',
      effectiveFrom: '2026-04-03',
    })
    const place = String(without.headers.location)
    t.match((await askPublication(service, avon.publisher, place)).json(), { code: 'not-publishable' })
    const tried = await post(service, avon.author, `${place}/application`, {})
    t.equal(tried.statusCode, 200, 'it can be tried without them')
    const reason = { reasonForDifference: 'Care costs more there.' }
    const reasons = { adults: reason, elders: { ...reason, ageReason: 'Its services are priced apart.' } }
    const withThem = await post(service, avon.author, url, {
      ...DRAFT,
      key: 'grouped',
      effectiveFrom: '2026-04-03',
      reasons,
    })
    const published = await askPublication(service, avon.publisher, String(withThem.headers.location))
    t.equal(published.statusCode, 201, published.body)
  })

  t.test('a draft that cannot be reckoned with is refused with its faults', async (t) => {
    const falling = {
      ...smallTable,
      key: 'falling',
      curves: [
        {
          ...smallTable.curves[0],
          knots: [
            { points: '0', amountAnnual: '5' },
            { points: '10', amountAnnual: '1' },
          ],
        },
      ],
    }
    await post(service, avon.author, '/v1/calibration-tables', falling)
    const answer = await post(
      service,
      avon.author,
      '/v1/calibration-tables/falling/versions/1/application',
      {},
    )
    refused(t, answer, 'not-publishable', ['curve-not-monotone /curves/0/knots/1/amountAnnual'])
  })

  t.test('a cohort is had in figures before any run', async (t) => {
    const answer = await get(service, avon.author, `/v1/cohorts/${cohortId}/summary`)
    t.match(answer.json(), {
      cohortId,
      summary: { all: { rows: 3, cost: '48000.00', points: '60.00', poundsPerPoint: '800.0000' } },
      pointsAndCost: { cases: 3 },
    })
    refused(t, await get(service, bede.author, `/v1/cohorts/${cohortId}/summary`), 'not-found')
  })

  t.test('a cap refers and never cuts: from the run through the draft to the estimate', async (t) => {
    const capped = await ran(service, avon.author, {
      cohortId,
      groups: 'all',
      budget: { basis: 'stated', amountAnnual: '48000' },
      methods: [{ method: 'fixed', bounds: { cap: '18000.40' } }],
      adjustments: [{ name: 'Fees', kind: 'inflation', factor: '1.1', reason: 'Fees rose.' }],
      contingency: { fraction: '0.2' },
      rounding: { to: '1.00' },
    })
    // £48,000 − 2 × £18,000.40 for those at 20 and 30 points leaves £1,199.92 for each of 10 points.
    const [{ curves, totals }] = capped.results.methods
    t.equal(totals.amount, '52799.00')
    t.match(curves[0], {
      warnings: [{}, { code: 'cap-refers', detail: /£18,000\.40.*individual costing.*£19,800\./ }],
      cap: {
        amountAnnual: '18000.40',
        inTableAnnual: '19800.00',
        above: { rows: 2, people: '2' },
      },
    })
    t.equal(curves[0].knots.at(-1).amountAnnual, '18000.00')
    t.equal(curves[0].cap.uncappedKnots.at(-1).amountAnnual, '35998.00')
    const asked = { ...DRAFT, key: 'capped', effectiveFrom: '2026-04-05' }
    const from = (change: object) =>
      post(service, avon.author, `/v1/calibration-runs/${capped.id}/draft-table`, { ...asked, ...change })
    refused(t, await from({ cap: { amountAnnual: '19800.01' } }), 'calibration-impossible', [
      'parameter-out-of-range /cap/amountAnnual',
    ])
    t.match((await from({ cap: { amountAnnual: '15000' } })).json(), { cap: { amountAnnual: '15000' } })
    const drafted = await from({})
    t.match(drafted.json(), {
      cap: { amountAnnual: '19800.00' },
      source: /cap of £18,000\.40.*£19,800 after.*individual costing/,
    })
    const place = String(drafted.headers.location)
    t.equal((await askPublication(service, avon.publisher, place)).statusCode, 201)
    const estimated = async (answers: object) =>
      (await post(service, avon.author, '/v1/estimates', estimateOf(smallIntake({ answers })))).json()
    const much = { washing: 'much', company: 'much', money: 'much' }
    t.match(await estimated(much), {
      outcome: 'refer-individual-costing',
      points: { total: '30.00' },
      amountAnnual: '39598.00',
      flags: [{ code: 'above-cap' }],
    })
    t.match(await estimated(smallAnswers.answers), {
      outcome: 'indicative',
      points: { total: '12.50' },
      amountAnnual: '16499.00',
    })
  })
})
