// A cohort with full answers: its points are what its questionnaire says, and a new questionnaire restates them all.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { get, post, smallAnswers, smallQuestionnaire } from '../driver.ts'
import { type Run, ran, runner } from './driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  runner(t, service)
  const avon = await service.authority('avon')
  await publish(service, avon, 'questionnaires', smallQuestionnaire)
  const doubled = {
    ...smallQuestionnaire,
    scaleMaximum: '60.00',
    domains: smallQuestionnaire.domains.map((domain) => ({
      ...domain,
      options: domain.options.map((option) => ({
        ...option,
        points: (Number(option.points) * 2).toFixed(2),
      })),
    })),
  }
  await publish(service, avon, 'questionnaires', doubled)

  const { userGroup, ...answered } = smallAnswers
  const rows = ['none', 'some', 'much'].map((money, i) => ({
    ref: `P-${i}`,
    userGroup,
    ...answered,
    answers: { ...answered.answers, money },
    costAnnual: String(10_000 + 5_000 * i),
    estimateAnnual: '12000',
  }))
  const uploaded = await post(service, avon.author, '/v1/cohorts', {
    title: 'Answered',
    questionnaire: { key: 'small', version: 1 },
    weeksPerYear: '52',
    seal: true,
    rows,
  })
  const request = {
    cohortId: uploaded.json().id,
    groups: 'all',
    budget: { basis: 'spend', uplift: '0', efficiency: '0' },
    methods: [{ method: 'fixed' }],
  }

  t.test('points are scored from the answers, and each question is looked into', async (t) => {
    const run = await ran(service, avon.author, request)
    t.match(run.results, {
      questionnaire: { key: 'small', version: 1 },
      summary: { all: { points: '37.50' } },
    })
    t.match(run.results.items, {
      cases: 3,
      domains: [{ domain: 'washing', flags: ['no-variation'] }, {}, {}],
    })
    t.match(run.results.methods[0].estimateAgreement, { rows: 3, averageEstimate: '12000.00' })
  })

  t.test('another questionnaire version restates everybody', async (t) => {
    const run = await ran(service, avon.author, { ...request, questionnaire: { key: 'small', version: 2 } })
    t.match(run.results, {
      questionnaire: { key: 'small', version: 2 },
      summary: { all: { points: '75.00' } },
    })
    const csv = (await get(service, avon.author, `/v1/calibration-runs/${run.id}/export.csv`)).body
    t.strictSame(
      csv
        .trim()
        .split('\n')
        .slice(1)
        .map((line: string) => line.split(',')[2]),
      ['15.00', '25.00', '35.00'],
    )
    const amounts = (one: Run) => one.results.methods[0].totals.amount
    t.equal(amounts(run), '45000.00', 'and the budget is the same')
  })

  t.test('one whom weightings carry above the scale is left out by name, and the run stands', async (t) => {
    const weighted = smallQuestionnaire.weightings.map((weighting) => ({
      ...weighting,
      options: weighting.options.map((option) =>
        option.key === 'yes' ? { ...option, factor: '9' } : option,
      ),
    }))
    await publish(service, avon, 'questionnaires', { ...smallQuestionnaire, weightings: weighted })
    const heavy = { ...rows[0], ref: 'P-9', weightings: { two_people: 'yes' } }
    const cohort = await post(service, avon.author, '/v1/cohorts', {
      title: 'Weighted',
      questionnaire: { key: 'small', version: 1 },
      weeksPerYear: '52',
      seal: true,
      rows: [...rows, heavy],
    })
    const asked = { ...request, cohortId: cohort.json().id }
    t.match((await ran(service, avon.author, asked)).results.summary, { all: { rows: 4 } })
    const run = await ran(service, avon.author, { ...asked, questionnaire: { key: 'small', version: 3 } })
    t.match(run.results, {
      summary: { all: { rows: 3 } },
      exclusions: {
        totals: { excluded: { rows: 1, points: '39.50' } },
        byRule: [{ rule: 'points-off-scale', rows: 1 }],
      },
    })
    const csv = (await get(service, avon.author, `/v1/calibration-runs/${run.id}/export.csv`)).body
    t.match(
      csv,
      /P-9.*The answers score 39\.50 points, above the scale's 30\.00: cost this person individually\./,
    )
    const report = await get(service, avon.author, `/v1/calibration-runs/${run.id}/report?depth=persons`)
    t.equal(report.statusCode, 200, report.body)
  })

  t.test('answers that a questionnaire does not fit are told by their questions', async (t) => {
    const { money: _, ...without } = smallAnswers.answers
    const bad = await post(service, avon.author, '/v1/cohorts', {
      title: 'Unanswered',
      questionnaire: { key: 'small', version: 1 },
      weeksPerYear: '52',
      seal: true,
      rows: [{ ...rows[0], answers: without }, rows[1]],
    })
    const listed = await get(service, avon.author, `/v1/cohorts/${bad.json().id}/rejections`)
    t.match(listed.json().data, [{ line: 1, reasons: [{ code: 'answer-missing', at: ['/answers/money'] }] }])
    const more = {
      ...smallQuestionnaire,
      domains: [...smallQuestionnaire.domains, { ...smallQuestionnaire.domains[2], key: 'cooking' }],
      scaleMaximum: '40.00',
    }
    await publish(service, avon, 'questionnaires', more)
    const run = await ran(service, avon.author, { ...request, questionnaire: { key: 'small', version: 4 } })
    t.match(run, {
      state: 'failed',
      problem: { detail: /^3 of 3 .*answer-missing at \/answers\/cooking \(3\)/ },
    })
  })
})
