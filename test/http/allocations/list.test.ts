// Lists of allocations: each filter by itself and together, and a person's by a search whose address says nothing.
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import {
  type Answer,
  changedQuestionnaire,
  changedTable,
  get,
  post,
  refused,
  smallIntake,
  withSmall,
} from '../driver.ts'

type Listed = Record<string, unknown> & { id: string; personRef: string; createdAt: string }

export const tests = withService(import.meta, (t, service) => {
  t.test('a list of allocations', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author } = alpha
    await publish(service, alpha, 'questionnaires', changedQuestionnaire({ key: 'other' }))
    const questionnaire = { key: 'other', version: 1 }
    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ key: 'other-table', questionnaire, cap: { amountAnnual: '100.00' } }),
    )
    const send = async (personRef: string, change: object, url = '/v1/assessments') => {
      const answer = await post(service, author, url, smallIntake({ personRef, ...change }))
      if (answer.statusCode !== 201) throw new Error(answer.body)
      return answer.json()
    }
    const notEligible = {
      eligible: false,
      outcomesNotMet: [],
      wellbeingImpact: false,
      decidedOn: '2026-05-01',
    }
    await send('P-adult', {})
    await send('P-elder', { userGroup: 'elders', assessedOn: '2026-06-01' })
    await send('P-refused', { eligibility: notEligible, assessedOn: '2026-07-01' })
    await send('P-other', { questionnaire })
    const middle = await send('P-corrected', {})
    const { assessmentRef } = middle.assessment
    const correction = { assessmentRef, revision: 2 }
    await send('P-corrected', correction, `/v1/assessments/${middle.assessment.id}/corrections`)
    const between = middle.allocation.createdAt

    const list = (query = '') => get(service, author, `/v1/allocations${query}`)
    const people = (answer: Answer) => answer.json().data.map(({ personRef }: Listed) => personRef)
    const everybody = ['P-corrected', 'P-corrected', 'P-other', 'P-refused', 'P-elder', 'P-adult']

    await t.test('goes from the newest, and shows of each what a dashboard needs', async (t) => {
      const answer = await list()
      t.strictSame(people(answer), everybody)
      const { id, assessmentId, createdAt, ...summary } = answer.json().data.at(-1)
      t.strictSame(summary, {
        personRef: 'P-adult',
        userGroup: 'adults',
        assessedOn: '2026-05-01',
        outcome: 'indicative',
        pointsTotal: '12.50',
        amountAnnual: '12500.00',
        contingencyAnnual: '2500.00',
        availableAnnual: '10000.00',
        amountWeekly: '240.38',
        questionnaire: { key: 'small', version: 1 },
        table: { key: 'small-table', version: 1 },
        supersedes: null,
        supersededBy: null,
      })
      const whole = (await get(service, author, `/v1/allocations/${id}`)).json()
      t.strictSame([whole.assessmentId, whole.createdAt], [assessmentId, createdAt])
      const [newest, before] = answer.json().data
      t.strictSame([newest.supersedes, before.supersededBy], [before.id, newest.id])
    })

    for (const { query, found } of [
      { query: 'userGroup=elders', found: ['P-elder'] },
      { query: 'outcome=not-eligible', found: ['P-refused'] },
      { query: 'outcome=refer-individual-costing', found: ['P-other'] },
      { query: 'outcome=indicative', found: ['P-corrected', 'P-corrected', 'P-elder', 'P-adult'] },
      { query: 'assessedFrom=2026-06-01', found: ['P-refused', 'P-elder'] },
      { query: 'assessedBefore=2026-06-01', found: ['P-corrected', 'P-corrected', 'P-other', 'P-adult'] },
      { query: 'assessedFrom=2026-06-01&assessedBefore=2026-07-01', found: ['P-elder'] },
      { query: `createdFrom=${between}`, found: ['P-corrected', 'P-corrected'] },
      { query: `createdBefore=${between}`, found: ['P-other', 'P-refused', 'P-elder', 'P-adult'] },
      {
        query: `createdFrom=${encodeURIComponent(between.replace('Z', '+00:00'))}`,
        found: ['P-corrected', 'P-corrected'],
      },
      { query: 'questionnaire=other', found: ['P-other'] },
      { query: 'table=other-table', found: ['P-other'] },
      { query: 'table=small-table', found: ['P-corrected', 'P-corrected', 'P-elder', 'P-adult'] },
      { query: 'current=true', found: ['P-corrected', 'P-other', 'P-refused', 'P-elder', 'P-adult'] },
      { query: 'current=false', found: ['P-corrected'] },
      { query: 'current=false&userGroup=elders', found: [] },
      {
        query: 'current=true&outcome=indicative&assessedBefore=2026-06-01',
        found: ['P-corrected', 'P-adult'],
      },
    ]) {
      await t.test(`by ${query}`, async (t) => t.strictSame(people(await list(`?${query}`)), found))
    }

    await t.test('by current: what supersedes is current, what is superseded is not', async (t) => {
      t.match((await list('?current=false')).json().data, [
        { id: middle.allocation.id, supersededBy: String },
      ])
    })

    for (const { query, faults } of [
      { query: 'personRef=P-adult', faults: ['field-unknown /query/personRef'] },
      { query: 'current=perhaps', faults: ['value-type /query/current'] },
      { query: 'outcome=refused', faults: ['value-not-allowed /query/outcome'] },
      { query: 'assessedFrom=yesterday', faults: ['value-format /query/assessedFrom'] },
      { query: 'createdFrom=2026-05-01', faults: ['value-format /query/createdFrom'] },
      { query: 'createdFrom=0000-01-01T00:00:00Z', faults: ['value-format /query/createdFrom'] },
      { query: 'createdBefore=9999-12-31T23:59:59Z', faults: ['value-format /query/createdBefore'] },
      { query: 'createdFrom=2016-12-31T23:59:60Z', faults: ['value-format /query/createdFrom'] },
      { query: 'createdBefore=2026-05-01T10:00:00%2B01', faults: ['value-format /query/createdBefore'] },
      { query: 'userGroup=elders&userGroup=adults', faults: ['value-type /query/userGroup'] },
      { query: 'limit=0', faults: ['value-range /query/limit'] },
      { query: 'limit=1001', faults: ['value-range /query/limit'] },
      { query: 'limit=1.5', faults: ['integer-malformed /query/limit'] },
    ] as const) {
      await t.test(`is refused by ${query}`, async (t) =>
        refused(t, await list(`?${query}`), 'request-invalid', faults),
      )
    }

    await t.test(
      'of one person is a search, and nothing of the person stands in an address or a log',
      async (t) => {
        const search = (payload: object) =>
          service.request({ method: 'POST', url: '/v1/allocations/search', headers: author, payload })
        const answer = await search({ personRef: 'P-corrected' })
        t.equal(answer.statusCode, 200)
        t.strictSame(people(answer), ['P-corrected', 'P-corrected'])
        t.strictSame(people(await search({ personRef: 'P-nobody' })), [])
        const first = await search({ personRef: 'P-corrected', limit: 1 })
        const { data, nextCursor } = first.json()
        t.equal(
          first.headers.link,
          undefined,
          'no address leads to the next page: its cursor is sent in the body',
        )
        const next = (await search({ personRef: 'P-corrected', limit: 1, cursor: nextCursor })).json()
        t.strictSame([data, next.data].flat(), answer.json().data)
        t.equal(next.nextCursor, null)
        refused(t, await search({ personRef: 'Jo Smith', limit: 0 }), 'request-invalid', [
          'value-format /personRef',
          'value-range /limit',
        ])
        refused(t, await search({ personRef: 'P-1', cursor: 'x' }), 'cursor-invalid')
        t.notMatch(service.logged.join('\n'), /P-(adult|elder|corrected|nobody)|Jo Smith/)
      },
    )

    await t.test('is the authority’s own', async (t) => {
      const beta = await service.authority('beta')
      t.strictSame((await get(service, beta.author, '/v1/allocations')).json(), {
        data: [],
        nextCursor: null,
      })
    })
  })
})
