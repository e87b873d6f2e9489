// The lists of cohorts and of runs: whoever lost an id finds it, newest first, and learns nothing of a person by it.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { ran, runner, sealedCohort } from '../calibration-runs/driver.ts'
import { get, type Headers, post, refused, smallQuestionnaire } from '../driver.ts'

export const tests = withService(import.meta, async (t, service) => {
  const avon = await service.authority('avon')
  const bede = await service.authority('bede')
  for (const one of [avon, bede]) await publish(service, one, 'questionnaires', smallQuestionnaire)

  const COHORT = 'questionnaire=small&questionnaireVersion=1&weeksPerYear=52'
  const CASES = 'ref,userGroup,points,costAnnual\nSECRET-1,adults,10,100\nSECRET-2,adults,20,300'
  const WALK = 'each page begins where the last ended'

  type Entry = { id: string; createdAt: string; [name: string]: unknown }
  type Page = { data: Entry[]; nextCursor: string | null }

  async function listed(path: string, query = '', who: Headers = avon.author): Promise<Page> {
    const answer = await get(service, who, `/v1/${path}${query}`)
    t.equal(answer.statusCode, 200, answer.body)
    t.notMatch(answer.body, 'SECRET', 'no reference of a person is in a list')
    const page = answer.json<Page>()
    const next = page.nextCursor === null ? undefined : `cursor=${page.nextCursor}>; rel="next"`
    t.equal(String(answer.headers.link ?? '').endsWith(next ?? ''), true, WALK)
    return page
  }

  async function walked(path: string, query: string): Promise<string[]> {
    const ids: string[] = []
    let page = await listed(path, query)
    for (;;) {
      ids.push(...page.data.map(({ id }) => id))
      if (page.nextCursor === null) return ids
      page = await listed(path, `${query}&cursor=${page.nextCursor}`)
    }
  }

  const ids = (page: Page) => page.data.map(({ id }) => id)

  async function cohort(title: string, seal: boolean): Promise<string> {
    return sealedCohort(service, avon.author, { file: CASES, query: `title=${title}&${COHORT}&seal=${seal}` })
  }

  const cohorts: string[] = []
  for (const [title, seal] of [
    ['A', true],
    ['B', false],
    ['C', true],
    ['D', false],
    ['E', true],
  ] as const)
    cohorts.unshift(await cohort(title, seal))
  const [, , third = '', , first = ''] = cohorts

  t.test('cohorts are listed newest first, page by page, as they are read one by one', async (t) => {
    t.strictSame(ids(await listed('cohorts')), cohorts)
    t.strictSame(await walked('cohorts', '?limit=2'), cohorts)
    const page = await listed('cohorts', '?limit=5')
    t.equal(page.nextCursor, null, 'a page that is just full is the last')
    for (const entry of page.data) {
      const { parts: _, ...one } = (await get(service, avon.author, `/v1/cohorts/${entry.id}`)).json()
      t.strictSame(entry, one)
    }
  })

  t.test('cohorts are told by whether parts may still come', async (t) => {
    const states = { sealed: [0, 2, 4], open: [1, 3] }
    for (const [state, places] of Object.entries(states)) {
      const expected = places.map((place) => cohorts[place])
      t.strictSame(ids(await listed('cohorts', `?state=${state}`)), expected)
      t.strictSame(await walked('cohorts', `?state=${state}&limit=1`), expected)
    }
    const open = await cohort('F', false)
    t.ok(ids(await listed('cohorts', '?state=open')).includes(open))
    await post(service, avon.author, `/v1/cohorts/${open}/seal`, {})
    t.equal(ids(await listed('cohorts', '?state=sealed'))[0], open, 'and a seal moves it')
  })

  const ask = (cohortId: string, methods: object[]) => ({
    cohortId,
    groups: 'all',
    budget: { basis: 'stated', amountAnnual: '400' },
    methods,
  })

  t.test(
    'runs are listed newest first, told by state and cohort, and say what they were asked',
    async (t) => {
      const waiting: string[] = []
      for (const id of [third, first, third]) {
        const asked = await post(service, avon.author, '/v1/calibration-runs', ask(id, [{ method: 'fixed' }]))
        waiting.unshift(asked.json().id)
      }
      const [newest = '', second = '', oldest = ''] = waiting
      t.strictSame(ids(await listed('calibration-runs')), waiting)
      t.strictSame(ids(await listed('calibration-runs', '?state=queued')), waiting)
      t.strictSame(await walked('calibration-runs', '?limit=1'), waiting)
      t.strictSame(await walked('calibration-runs', `?limit=1&cohortId=${third}`), [newest, oldest])
      await post(service, avon.author, `/v1/calibration-runs/${second}/cancellation`, {})
      t.strictSame(ids(await listed('calibration-runs', '?state=cancelled')), [second])
      t.strictSame(ids(await listed('calibration-runs', '?state=queued')), [newest, oldest])

      runner(t, service)
      const methods = [{ method: 'percentile' }, { method: 'fixed', name: 'flat' }]
      const done = await ran(service, avon.author, ask(first, methods))
      t.strictSame(await walked('calibration-runs', `?limit=1&state=done`), [done.id, newest, oldest])
      t.strictSame(ids(await listed('calibration-runs', `?state=done&cohortId=${first}`)), [done.id])
      t.strictSame(ids(await listed('calibration-runs', '?state=running')), [])
      t.strictSame(ids(await listed('calibration-runs', '?state=failed')), [])
      const [entry] = (await listed('calibration-runs')).data
      const { request, results: _, resultHash: _1, ...shared } = done
      t.strictSame(entry, { ...shared, groups: request.groups, methods: ['percentile-tie-mean', 'flat'] })
    },
  )

  t.test('another authority sees none of them, and what is asked wrongly is refused by name', async (t) => {
    for (const path of ['cohorts', 'calibration-runs']) {
      t.strictSame(await listed(path, '', bede.author), { data: [], nextCursor: null })
      const url = `/v1/${path}`
      refused(t, await get(service, avon.author, `${url}?cursor=nonsense`), 'cursor-invalid')
      refused(t, await get(service, avon.author, `${url}?state=lost`), 'request-invalid', [
        'value-not-allowed /query/state',
      ])
      refused(t, await get(service, avon.author, `${url}?limit=1001`), 'request-invalid', [
        'value-range /query/limit',
      ])
      const { nextCursor } = await listed(path, '?limit=1')
      t.strictSame((await listed(path, `?cursor=${nextCursor}`, bede.author)).data, [])
    }
    t.strictSame(ids(await listed('calibration-runs', `?cohortId=${randomUUID()}`)), [])
  })
})
